'use strict';
// One card a persona.
(() => {
  const {data, val, el, term, colour, mark, clamped, name, label, unit, missing, ids, section, meanFormat, describedFormat, subject, described} = Report;

  function card(i) {
    const persona = data.personas[i];
    const base = `personas.${i}.`;
    const pair = (title, ...value) => [el('dt', {}, title), el('dd', {}, value)];
    return el('article', {class: 'card ' + colour(i), 'aria-labelledby': 'persona-' + i},
      el('header', {}, mark(i), el('h3', {id: 'persona-' + i}, val(base + 'name')),
        el('p', {class: 'size'}, el('b', {}, val(base + 'users', 'count')), persona.users === 1 ? ' user · ' : ' users · ', val(base + 'share', 'percent'))),
      el('p', {class: 'summary'}, val(base + 'summary')),
      persona.setsApart.length ? el('table', {},
        el('caption', {}, 'What sets it apart'),
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, el('span', {class: 'muted'}, 'Feature')),
          el('th', {scope: 'col', class: 'n'}, 'Mean'), el('th', {scope: 'col', class: 'n'}, 'All users'),
          el('th', {scope: 'col', class: 'n'}, term('sigma', 'σ')))),
        el('tbody', {}, persona.setsApart.map(f => el('tr', {},
          el('th', {scope: 'row'}, label(f), unit(f), missing(`${base}missing.${f}`)),
          el('td', {class: 'n'}, val(`${base}mean.${f}`, meanFormat(f))),
          el('td', {class: 'n muted'}, val(`features.${f}.mean`, meanFormat(f))),
          el('td', {class: 'n'}, val(`${base}z.${f}`, 'sigma')))))) : null,
      facts(i),
      persona.users === null ? null : el('dl', {class: 'pairs'},
        persona.strategy ? pair('Strategy', val(base + 'strategy')) : null,
        persona.neighbour ? pair('Nearest', name(persona.neighbour.persona), ', ', val(base + 'neighbour.distance', 'two'), '\u202f', term('sigma', 'σ'), ' away; ',
          term('separation', 'separation'), ' ', val(base + 'neighbour.separation', 'two')) : null,
        persona.fit !== null ? pair(term('fit', 'Fit'), val(base + 'fit', 'two'),
          persona.runnerUp ? [', ', term('margin', 'margin'), ' ', val(base + 'runnerUp.margin', 'two'), ' over ', clamped(base + 'runnerUp.name')] : null)
          : pair(term('fit', 'Fit'), persona.runnerUp
            ? ['a made name; the nearest profile is ', clamped(base + 'runnerUp.name'), ' (', val(base + 'runnerUp.fit', 'two'), ')']
            : 'a made name, no profile'),
        persona.silhouette !== null ? pair(term('silhouette', 'Silhouette'), val(base + 'silhouette', 'two')) : null,
        persona.stability !== null ? pair(term('stability', 'Stability'), val(base + 'stability', 'two')) : null),
      persona.rule ? rule(i, base) : null);
  }

  function rule(i, base) {
    const copy = el('button', {class: 'quiet', type: 'button', 'aria-label': 'Copy the rule as SQL', onclick: () => {
      const done = () => { copy.textContent = 'Copied'; };
      const select = () => {
        getSelection().selectAllChildren(code);
        copy.textContent = 'Selected';
      };
      if (navigator.clipboard) navigator.clipboard.writeText(data.personas[i].rule.sql).then(done, select);
      else select();
    }}, 'Copy');
    const sql = val(base + 'rule.sql');
    sql.dir = 'ltr';
    const code = el('code', {tabindex: '0'}, sql);
    return el('div', {class: 'rule'},
      el('div', {class: 'top'}, el('span', {}, 'Rule for SQL'), copy),
      code,
      el('p', {}, 'Finds ', val(base + 'rule.coverage', 'percent'), ' of the persona (', term('coverage', 'coverage'), '); right ',
        val(base + 'rule.precision', 'percent'), ' of the time (', term('precision', 'precision'), ').'));
  }

  const MOST_FACTS = 4;

  /** The differences of a persona that are not chance, those with the largest v-test first. */
  function facts(i) {
    const found = [];
    described.forEach((column, c) => column.rows.forEach((row, r) => {
      const figure = row.personas[i];
      if (!figure.chance && !row.other) found.push({c, r, size: Math.abs(figure.test)});
    }));
    if (!found.length) return null;
    found.sort((a, b) => b.size - a.size || a.c - b.c || a.r - b.r);
    return el('table', {},
      el('caption', {}, 'What else is true of them'),
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, el('span', {class: 'muted'}, 'Column')),
        el('th', {scope: 'col', class: 'n'}, 'Here'), el('th', {scope: 'col', class: 'n'}, 'All users'))),
      el('tbody', {}, found.slice(0, MOST_FACTS).map(({c, r}) => el('tr', {},
        el('th', {scope: 'row'}, subject(c, r)),
        el('td', {class: 'n'}, val(`described.columns.${c}.rows.${r}.personas.${i}.value`, describedFormat(described[c]))),
        el('td', {class: 'n muted'}, val(`described.columns.${c}.rows.${r}.all`, describedFormat(described[c])))))));
  }

  const personas = () => section('personas', 'Personas', null,
    el('div', {class: ids.length === 2 || ids.length === 4 ? 'cards by-two' : 'cards'}, ids.map(card)));

  Report.add({id: 'personas', tab: 'Personas', isShown: true, draw: personas});
})();
