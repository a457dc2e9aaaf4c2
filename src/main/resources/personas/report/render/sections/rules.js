'use strict';
// The section on the set of rules for all users, and its accuracy.
(() => {
  const {data, val, el, term, mark, name, personaIndexes, section} = Report;

  /** Returns a button that copies a text, or selects the element that shows it. */
  function copyButton(title, text, shownIn) {
    const copy = el('button', {class: 'quiet', type: 'button', 'aria-label': title, onclick: () => {
      const done = () => { copy.textContent = 'Copied'; };
      const select = () => {
        getSelection().selectAllChildren(shownIn());
        copy.textContent = 'Selected';
      };
      if (navigator.clipboard) navigator.clipboard.writeText(text()).then(done, select);
      else select();
    }}, 'Copy');
    return copy;
  }

  function rules() {
    const set = data.ruleSet;
    const column = title => el('th', {scope: 'col', class: 'n'}, title);
    const cell = path => el('td', {class: 'n'}, val(path, 'percent'));
    const copy = copyButton('Copy all rules as SQL', () => set.sql, () => code);
    const sql = val('ruleSet.sql');
    sql.dir = 'ltr';
    const code = el('code', {tabindex: '0'}, sql);
    return section('rules', 'Rules that give every user a persona',
      ['Each user meets exactly one of these rules. ', set.accuracy === null ? 'The sample is too small to measure their accuracy.' : ['The rules are right for ', val('ruleSet.accuracy', 'percent'), ' of ', val('ruleSet.heldOutUsers', 'count'), ' ',
        term('held_out', 'held-out users'), '. If everybody got the largest persona, ', val('ruleSet.largestShare', 'percent'), ' would be right.']],
      el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Rules, scrollable'}, el('table', {class: 'rules'},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'If'), el('th', {scope: 'col'}, 'Then'), column('Users'))),
        el('tbody', {}, set.rules.map((rule, r) => el('tr', {},
          el('th', {scope: 'row'}, val(`ruleSet.rules.${r}.words`)),
          el('td', {}, mark(rule.persona), name(rule.persona)),
          cell(`ruleSet.rules.${r}.share`)))))),
      el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Accuracy of the rules, scrollable'}, el('table', {class: 'rules'},
        el('caption', {}, 'Accuracy of the set for held-out users, and of the single rule on each card for the users of the sample'),
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Persona'), column(['Set: ', term('coverage', 'coverage')]), column(['Set: ', term('precision', 'precision')]),
          column('Single rule: coverage'), column('Single rule: precision'))),
        el('tbody', {}, personaIndexes.map(i => el('tr', {},
          el('th', {scope: 'row'}, mark(i), name(i)),
          cell(`ruleSet.personas.${i}.coverage`), cell(`ruleSet.personas.${i}.precision`),
          data.personas[i].rule ? [cell(`personas.${i}.rule.coverage`), cell(`personas.${i}.rule.precision`)] : [el('td', {class: 'n'}, '–'), el('td', {class: 'n'}, '–')]))))),
      el('div', {class: 'rule'}, el('div', {class: 'top'}, el('span', {}, 'All rules as SQL', set.dialect ? [' for ', val('ruleSet.dialect')] : null), copy), code));
  }

  Report.add({id: 'rules', tab: 'Rules', isShown: Boolean(data.ruleSet), draw: rules});
})();
