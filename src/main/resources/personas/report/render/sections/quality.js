'use strict';
// The section on data quality: read, rejected and imputed records, notes and examples.
(() => {
  const {data, val, el, label, section, warnings} = Report;

  function quality() {
    const l = data.ledger;
    const counts = el('table', {},
      el('caption', {}, 'Records'),
      el('tbody', {},
        el('tr', {}, el('th', {scope: 'row'}, 'Read'), el('td', {class: 'n'}, val('ledger.read', 'count'))),
        el('tr', {}, el('th', {scope: 'row'}, 'Assigned'), el('td', {class: 'n'}, val('ledger.assigned', 'count'))),
        data.run.users === l.assigned ? null : el('tr', {}, el('th', {scope: 'row', class: 'muted'}, '– users that these records stand for'),
          el('td', {class: 'n muted'}, val('run.users', 'count'))),
        el('tr', {}, el('th', {scope: 'row'}, 'Rejected'), el('td', {class: 'n'}, val('ledger.rejected', 'count'))),
        l.reasons.map((r, i) => el('tr', {}, el('th', {scope: 'row', class: 'muted'}, el('span', {}, '– ', val(`ledger.reasons.${i}.reason`, 'words'))),
          el('td', {class: 'n muted'}, val(`ledger.reasons.${i}.records`, 'count'))))));
    const imputed = l.imputed.length ? el('table', {},
      el('caption', {}, 'Imputed values'),
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Feature'), el('th', {scope: 'col', class: 'n'}, 'Missing values'), el('th', {scope: 'col', class: 'n'}, 'Imputed value'))),
      el('tbody', {}, l.imputed.map((m, i) => el('tr', {}, el('th', {scope: 'row'}, label(m.feature)),
        el('td', {class: 'n'}, val(`ledger.imputed.${i}.values`, 'count')), el('td', {class: 'n'}, val(`ledger.imputed.${i}.standIn`, 'raw')))))) : null;
    const examples = l.examples.length ? el('details', {open: ''}, el('summary', {}, (data.privacy ? 'Some rejected records, masked' : 'Some rejected records') + '. The files rejected-*.csv list all of them.'),
      el('div', {class: 'wide'}, el('table', {class: 'examples'},
        el('thead', {}, el('tr', {}, ['Reason', 'Field', 'Beginning of the record'].map(t => el('th', {scope: 'col'}, t)))),
        el('tbody', {}, l.examples.map((e, i) => el('tr', {},
          el('th', {scope: 'row'}, val(`ledger.examples.${i}.reason`, 'words')), el('td', {}, val(`ledger.examples.${i}.field`)),
          el('td', {}, el('code', {}, val(`ledger.examples.${i}.record`))))))))) : null;
    const notes = warnings(false);
    return section('quality', 'Data quality', [val('sample.note'), data.privacy ? [' ', val('privacy.note')] : null], el('div', {class: 'two'}, counts, imputed),
      notes.length ? el('div', {class: 'notes'}, el('h3', {}, 'Notes and other warnings'), el('ul', {}, notes)) : null, examples);
  }

  Report.add({id: 'quality', tab: 'Data quality', isShown: true, draw: quality});
})();
