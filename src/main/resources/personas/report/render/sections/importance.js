'use strict';
// The section on importance: how much each column contributes to the personas.
(() => {
  const {data, val, el, term, section} = Report;

  function importance() {
    const advice = data.warnings.flatMap((warning, w) => ['no_influence', 'correlated_features'].includes(warning.kind) ? [el('li', {}, val(`warnings.${w}.text`))] : []);
    const bar = share => {
      const node = el('td', {class: 'meter', 'aria-hidden': 'true'}, el('i', {}));
      node.firstChild.style.width = Math.round(100 * share) + '%';
      return node;
    };
    return section('importance', 'What distinguishes the personas',
      ['The columns that explain most ', term('explained', 'variance'), ' come first. The drop is how much the ', term('silhouette', 'silhouette'),
        ' falls if the distances ignore the column. If the drop of a column is negative, the personas would be further apart without the column.'],
      el('div', {class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Importance of the columns, scrollable'}, el('table', {class: 'importance'},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Column'), el('th', {scope: 'col', class: 'n'}, 'Explained'), el('td', {class: 'meter', 'aria-hidden': 'true'}), el('th', {scope: 'col', class: 'n'}, 'Drop in silhouette'))),
        el('tbody', {}, data.importance.map((column, i) => el('tr', {}, el('th', {scope: 'row'}, val(`importance.${i}.label`)),
          el('td', {class: 'n'}, val(`importance.${i}.explained`, 'percent')), bar(column.explained),
          el('td', {class: 'n'}, column.silhouetteDrop === null ? '–' : val(`importance.${i}.silhouetteDrop`, 'sigma'))))))),
      advice.length ? el('ul', {class: 'advice'}, advice) : null);
  }

  Report.add({id: 'importance', tab: 'Importance', isShown: true, draw: importance});
})();
