'use strict';
// The section on users who are far from the centroid of their persona.
(() => {
  const {data, val, el, term, mark, name, personaIndexes, section} = Report;

  function atypical() {
    const heading = (...text) => el('th', {scope: 'col', class: 'n'}, text);
    const row = i => el('tr', {}, el('th', {scope: 'row'}, mark(i), ' ', name(i)),
      el('td', {class: 'n'}, val(`atypical.personas.${i}.edge`, 'two')),
      el('td', {class: 'n'}, val(`atypical.personas.${i}.users`, 'count')),
      el('td', {class: 'n'}, val(`atypical.personas.${i}.share`, 'percent')));
    return section('atypical', 'Atypical users',
      [val('atypical.rule'), ' The column outlier of the assignments marks atypical users.'],
      el('div', {class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Atypical users, scrollable'}, el('table', {class: 'importance'},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Persona'), heading('Edge (', term('sigma', 'σ'), ')'), heading('Atypical users'), heading('Share of the persona'))),
        el('tbody', {}, personaIndexes.map(row)))));
  }

  Report.add({id: 'atypical', tab: 'Atypical users', isShown: Boolean(data.atypical), draw: atypical});
})();
