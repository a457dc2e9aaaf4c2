'use strict';
// The section with the definitions of terms.
(() => {
  const {data, val, el, section} = Report;

  function glossary() {
    return section('definitions', 'Definitions', null, el('dl', {class: 'defs'}, data.definitions.map((d, i) =>
      el('div', {id: 'def-' + d.id}, el('dt', {}, val(`definitions.${i}.term`)), el('dd', {}, val(`definitions.${i}.text`))))));
  }

  Report.add({id: 'definitions', tab: 'Definitions', isShown: true, draw: glossary});
})();
