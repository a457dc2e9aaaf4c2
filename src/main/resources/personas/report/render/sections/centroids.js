'use strict';
// The section on centroids: the average user of each persona.
(() => {
  const {data, textAt, val, el, term, mark, name, label, unit, personaIndexes, section, meanFormat, isUnsure} = Report;

  function centroids() {
    const heat = el('div', {class: personaIndexes.length > 7 ? 'heat many' : 'heat', tabindex: '0', role: 'region', 'aria-label': 'Centroids, scrollable'});
    const cell = (i, f) => {
      const z = data.personas[i].z[f];
      const base = `personas.${i}.`;
      const td = el('td', {class: isUnsure(i, f) ? 'chance' : null, 'data-tip': `${data.features[f].label}: ${data.features[f].level ? 'share' : 'mean'} ${textAt(`${base}mean.${f}`, meanFormat(f))}, all users ${textAt(`features.${f}.mean`, meanFormat(f))}`},
        el('span', {class: 'z'}, val(`${base}z.${f}`, 'sigma')), el('span', {class: 'raw'}, val(`${base}mean.${f}`, meanFormat(f))));
      td.style.setProperty('--tone', z < 0 ? 'var(--low)' : 'var(--high)');
      td.style.setProperty('--strength', Math.round(Math.min(1, Math.abs(z) / 2) * 100) + '%');
      return td;
    };
    heat.append(el('table', {},
      el('thead', {}, el('tr', {}, el('td', {class: 'corner'}), el('th', {scope: 'col'}, 'All users'), personaIndexes.map(i => el('th', {scope: 'col'}, mark(i), personaIndexes.length > 7 ? el('b', {}, val(`personas.${i}.id`)) : null, name(i))))),
      el('tbody', {}, data.features.map((feature, f) => el('tr', {}, el('th', {scope: 'row'}, label(f), unit(f)), el('td', {class: 'all'}, val(`features.${f}.mean`, meanFormat(f))), personaIndexes.map(i => cell(i, f)))))));
    const mode = (raw, text) => el('button', {type: 'button', 'aria-pressed': String(!raw), id: raw ? 'show-raw' : 'show-sigma', onclick: event => {
      heat.classList.toggle('raw', raw);
      for (const button of event.currentTarget.parentElement.children) button.setAttribute('aria-pressed', String(button === event.currentTarget));
    }}, text);
    return section('centroids', 'Centroids',
      ['The average user of each persona. A cell shows how many ', term('sigma', 'standard deviations (σ)'), ' the mean of the persona lies above or below the mean of all users. Gray figures could be chance. Point at a cell to see the mean, or switch all cells to means.'],
      el('div', {class: 'controls'},
        el('div', {class: 'segmented', role: 'group', 'aria-label': 'What the cells show'}, mode(false, 'σ'), mode(true, 'Mean')),
        el('span', {class: 'scale', 'aria-hidden': 'true'}, '−2σ', el('i', {}), '+2σ and more')),
      heat);
  }

  Report.add({id: 'centroids', tab: 'Centroids', isShown: true, draw: centroids});
})();
