'use strict';
// The section on described columns, which were not clustered.
(() => {
  const {data, FORMATS, val, el, term, mark, name, missing, interval, personaIndexes, section, describedFormat, subject, described} = Report;

  /** The section shows an adjusted Rand index above this limit only. */
  const NOTABLE_AGREEMENT = 0.2;

  function description() {
    const cell = (c, r, i) => {
      const path = `described.columns.${c}.rows.${r}.personas.${i}.`;
      const figure = described[c].rows[r].personas[i];
      const td = el('td', {class: figure.chance ? 'chance' : null,
        'data-tip': figure.chance ? 'The difference from all users could be chance.'
          : [figure.effect === null ? [] : 'Effect ' + FORMATS.sigma(figure.effect), figure.index === null ? [] : `Index ${FORMATS.count(figure.index)} (all users: 100)`].flat().join('; ')},
        el('span', {class: 'z'}, val(path + 'value', describedFormat(described[c]))), interval(path + 'valueInterval', describedFormat(described[c])));
      if (!figure.chance && figure.test !== null) {
        td.style.setProperty('--tone', figure.test < 0 ? 'var(--low)' : 'var(--high)');
        td.style.setProperty('--strength', Math.round(Math.min(1, 2 * Math.abs(figure.effect || 0)) * 100) + '%');
      }
      return td;
    };
    const rows = described.flatMap((column, c) => column.rows.map((row, r) => el('tr', {},
      el('th', {scope: 'row'}, subject(c, r), r === 0 && column.missing > 0 ? missing(`described.columns.${c}.missing`) : null,
        r === 0 && column.adjustedRand > NOTABLE_AGREEMENT ? el('span', {class: 'was'}, term('agreement', 'adjusted Rand index'), ' ', val(`described.columns.${c}.adjustedRand`, 'two')) : null),
      el('td', {class: 'all'}, el('span', {class: 'z'}, val(`described.columns.${c}.rows.${r}.all`, describedFormat(column)))),
      personaIndexes.map(i => cell(c, r, i)))));
    return section('described', 'What else is true of the personas',
      ['These columns did not shape the personas. The columns that differ most between the personas come first. A cell shows a mean, the share of yes, or the share of a text. Gray figures could be ', term('chance', 'chance'), '. The small figures are the ', term('interval', 'interval'), '.'],
      described.length ? el('div', {class: personaIndexes.length > 7 ? 'heat described many' : 'heat described', tabindex: '0', role: 'region', 'aria-label': 'Described columns, scrollable'}, el('table', {},
        el('thead', {}, el('tr', {}, el('td', {class: 'corner'}), el('th', {scope: 'col'}, 'All users'), personaIndexes.map(i => el('th', {scope: 'col'}, mark(i), name(i))))),
        el('tbody', {}, rows))) : null,
      data.described.leftOut.length ? el('details', {}, el('summary', {}, 'Columns that are not described'),
        el('ul', {}, data.described.leftOut.map((_, i) => el('li', {}, val(`described.leftOut.${i}`))))) : null);
  }

  Report.add({id: 'described', tab: 'What else is true', isShown: Boolean(data.described), draw: description});
})();
