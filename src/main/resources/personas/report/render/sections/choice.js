'use strict';
// The numbers of personas that were compared.
(() => {
  const {data, definitions, val, el, term, section} = Report;

  function choice() {
    const k = data.kSelection;
    const columns = [['stability', 'Stability', 'two'], ['valley', 'Valley', 'two'], ['silhouette', 'Silhouette', 'two'],
      ['daviesBouldin', 'Davies–Bouldin', 'two'], ['calinskiHarabasz', 'Calinski–Harabasz', 'raw'], ['inertia', 'Inertia', 'raw'],
      ['smallestShare', 'Smallest share', 'percent']];
    const heading = (key, title) => definitions.has(key) ? term(key, title) : title;
    return section('choice', 'How many personas', val('kSelection.reason'),
      el('div', {class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Numbers of personas compared, scrollable'}, el('table', {class: 'choices'},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'k'), columns.map(([key, title]) => el('th', {scope: 'col', class: 'n'}, heading(key, title))))),
        el('tbody', {}, k.candidates.map((candidate, i) => el('tr', {class: candidate.k === k.chosen ? 'chosen' : ''},
          el('th', {scope: 'row'}, val(`kSelection.candidates.${i}.k`, 'count'), candidate.k === k.chosen ? ' chosen' : ''),
          columns.map(([key, , format]) => el('td', {class: 'n'}, val(`kSelection.candidates.${i}.${key}`, format)))))))));
  }

  Report.add({id: 'choice', tab: 'How many', isShown: data.kSelection.candidates.length > 0, draw: choice});
})();
