'use strict';
// The section on personas: one card per persona.
(() => {
  const {data, val, el, term, color, mark, clamped, name, label, unit, missing, interval, isUnsure, personaIndexes, section, meanFormat, meanOf, describedFormat, subject, described, tiling} = Report;

  function card(i) {
    const persona = data.personas[i];
    const base = `personas.${i}.`;
    const pair = (title, ...value) => [el('dt', {}, title), el('dd', {}, value)];
    return el('article', {class: 'card ' + color(i), 'aria-labelledby': 'persona-' + i},
      el('header', {}, mark(i), el('h3', {id: 'persona-' + i}, val(base + 'name')),
        el('p', {class: 'size'}, el('b', {}, val(base + 'users', 'count')), persona.users === 1 ? ' user · ' : ' users · ', val(base + 'share', 'percent'), interval(base + 'intervals.share', 'percent'))),
      el('p', {class: 'summary'}, val(base + 'summary')),
      persona.strategy ? el('p', {class: 'strategy'}, el('span', {class: 'muted'}, 'What to do: '), val(base + 'strategy')) : null,
      features(i),
      facts(i),
      persona.users === null ? null : el('dl', {class: 'pairs'},
        persona.neighbour ? pair('Nearest', name(persona.neighbour.persona), ', ', val(base + 'neighbour.distance', 'two'), ' standard deviations away; ',
          term('separation', 'separation'), ' ', val(base + 'neighbour.separation', 'two')) : null,
        persona.fit !== null ? pair(term('fit', 'Fit'), val(base + 'fit', 'two'),
          persona.runnerUp ? [', ', term('margin', 'margin'), ' ', val(base + 'runnerUp.margin', 'two'), ' over ', clamped(base + 'runnerUp.name')] : null)
          : pair(term('fit', 'Fit'), persona.runnerUp
            ? ['generated name; the nearest profile is ', clamped(base + 'runnerUp.name'), ' (', val(base + 'runnerUp.fit', 'two'), ')']
            : 'generated name, no declared profiles'),
        persona.silhouette !== null ? pair(term('silhouette', 'Silhouette'), val(base + 'silhouette', 'two')) : null,
        persona.stability !== null ? pair(term('stability', 'Stability'),
          el('span', {class: isStable(persona) ? null : 'chance'}, val(base + 'stability', 'two')), interval(base + 'intervals.stability', 'two')) : null),
      persona.rule ? rule(i, base) : null);
  }

  // ---- A bar for the mean of each feature, with a mark at the mean of all users

  const MOST_FEATURES = 6;

  /** Returns a function that gives the position of a mean on the bar of a feature, in percent. */
  function barScale(f) {
    const means = [null, ...personaIndexes].map(i => meanOf(i, f)).filter(mean => mean !== null);
    const low = Math.min(0, ...means);
    const high = data.features[f].level ? 1 : Math.max(0, ...means);
    return mean => high > low ? 100 * (mean / 2 - low / 2) / (high / 2 - low / 2) : 0;
  }

  function meter(i, f) {
    const at = barScale(f);
    const mean = meanOf(i, f);
    const fill = el('i', {class: 'fill'});
    fill.style.left = Math.min(at(0), at(mean || 0)) + '%';
    fill.style.width = Math.abs(at(mean || 0) - at(0)) + '%';
    const all = el('i', {class: 'all'});
    const everybody = meanOf(null, f);
    all.style.left = at(everybody || 0) + '%';
    return el('tr', {class: 'meter', 'aria-hidden': 'true'}, el('td', {colspan: '4'}, el('span', {class: 'track'}, mean === null ? null : fill, everybody === null ? null : all)));
  }

  function features(i) {
    const base = `personas.${i}.`;
    if (!data.personas[i].z || data.personas[i].users === null) return null;
    const strength = f => Math.abs(data.personas[i].z[f]);
    const ranked = data.features.map((_, f) => f).filter(f => !data.features[f].constant).sort((a, b) => strength(b) - strength(a) || a - b);
    const row = f => [
      el('tr', {class: 'figures'},
        el('th', {scope: 'row'}, label(f), unit(f), missing(`${base}missing.${f}`)),
        el('td', {class: isUnsure(i, f) ? 'n chance' : 'n'}, val(`${base}mean.${f}`, meanFormat(f))),
        el('td', {class: 'n muted'}, val(`features.${f}.mean`, meanFormat(f))),
        el('td', {class: isUnsure(i, f) ? 'n chance' : 'n'}, val(`${base}index.${f}`, 'count'))),
      meter(i, f)];
    const table = (rankedFeatures, caption) => el('table', {class: 'bars'}, caption ? el('caption', {}, caption) : null,
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, el('span', {class: 'muted'}, 'Feature')), el('th', {scope: 'col', class: 'n'}, 'Mean'),
        el('th', {scope: 'col', class: 'n'}, 'All users'), el('th', {scope: 'col', class: 'n'}, term('index', 'Index')))),
      el('tbody', {}, rankedFeatures.map(row)));
    if (!ranked.length) return null;
    return el('div', {class: 'features'}, table(ranked.slice(0, MOST_FEATURES), ['Bar: mean of the persona. Line: mean of all users. Gray figures could be chance.']),
      ranked.length > MOST_FEATURES ? el('details', {}, el('summary', {}, 'All other features'), table(ranked.slice(MOST_FEATURES), null)) : null);
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
      el('p', {}, 'Finds ', val(base + 'rule.coverage', 'percent'), ' of the persona\'s users (', term('coverage', 'coverage'), '). Of the users that it finds, ',
        val(base + 'rule.precision', 'percent'), ' belong to the persona (', term('precision', 'precision'), ').'));
  }

  /** The least stability of a stable cluster. */
  const STABLE = 0.75;
  const isStable = persona => persona.intervals && persona.intervals.stability ? persona.intervals.stability.low >= STABLE : persona.stability >= STABLE;

  const MOST_FACTS = 4;

  /** Returns the differences of a persona that are not chance, the largest v-test first. */
  function facts(i) {
    const found = [];
    described.forEach((column, c) => column.rows.forEach((row, r) => {
      const figure = row.personas[i];
      if (!figure.chance && !row.other) found.push({c, r, size: Math.abs(figure.test)});
    }));
    if (!found.length) return null;
    found.sort((a, b) => b.size - a.size || a.c - b.c || a.r - b.r);
    return el('table', {},
      el('caption', {}, 'More about these users'),
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, el('span', {class: 'muted'}, 'Column')),
        el('th', {scope: 'col', class: 'n'}, 'Persona'), el('th', {scope: 'col', class: 'n'}, 'All users'), el('th', {scope: 'col', class: 'n'}, term('index', 'Index')))),
      el('tbody', {}, found.slice(0, MOST_FACTS).map(({c, r}) => el('tr', {},
        el('th', {scope: 'row'}, subject(c, r)),
        el('td', {class: 'n'}, val(`described.columns.${c}.rows.${r}.personas.${i}.value`, describedFormat(described[c])),
          interval(`described.columns.${c}.rows.${r}.personas.${i}.valueInterval`, describedFormat(described[c]))),
        el('td', {class: 'n muted'}, val(`described.columns.${c}.rows.${r}.all`, describedFormat(described[c]))),
        el('td', {class: 'n'}, val(`described.columns.${c}.rows.${r}.personas.${i}.index`, 'count'))))));
  }

  const personas = () => section('personas', 'Personas', null,
    el('div', {class: 'cards ' + tiling(personaIndexes.length)}, personaIndexes.map(card)));

  Report.add({id: 'personas', tab: 'Personas', isShown: true, draw: personas});
})();
