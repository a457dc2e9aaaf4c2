'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const outlines = JSON.parse(document.getElementById('marks').textContent);
  const COLOURS = 12;
  const {svg, frame, marks, place} = Chart;
  const definitions = new Map(data.definitions.map(d => [d.id, d]));

  // ---- Numbers. Every value on the page goes through here and names its place in the JSON.

  const grouped = (v, digits) => {
    const [whole, rest] = Math.abs(v).toFixed(digits).split('.');
    const sign = v < 0 && /[1-9]/.test(whole + (rest || '')) ? '−' : '';
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest ? '.' + rest : '');
  };
  const FORMATS = {
    // Characters that turn the direction of what follows stay where they are copied, not shown.
    text: v => typeof v === 'string' ? v.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd') : v,
    words: v => v.replace(/_/g, ' '),
    sentence: v => v[0] + v.slice(1).toLowerCase(),
    count: v => grouped(v, 0),
    two: v => grouped(v, 2),
    percent: v => grouped(100 * v, v !== 0 && Math.abs(v) < 0.01 ? 2 : 1) + '\u202f%',
    sigma: v => (grouped(v, 2).startsWith('−') || Number(v.toFixed(2)) === 0 ? '' : '+') + grouped(v, 2),
    day: v => new Date(Math.round(v) * 864e5).toISOString().slice(0, 10),
    raw: v => {
      const size = Math.abs(v);
      if (size >= 1e12 || (size > 0 && size < 1e-3)) return v.toExponential(2).replace('-', '−').replace('e−', 'e-');
      return grouped(v, Number.isInteger(v) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
    },
  };

  const at = path => path.split('.').reduce((node, key) => node === null || node === undefined ? node : node[key], data);

  function shown(path, format = 'text') {
    const value = at(path);
    return value === null || value === undefined || value === '' ? '–' : FORMATS[format](value);
  }

  /** A value of the JSON as an element. */
  function val(path, format = 'text') {
    return el(['text', 'words', 'sentence'].includes(format) ? 'bdi' : 'span', {'data-path': path, 'data-format': format}, shown(path, format));
  }

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
      else if (value !== null) node.setAttribute(key, value);
    }
    node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
    return node;
  }

  const term = (id, text) =>
    el('a', {class: 'term', href: '#def-' + id, 'data-tip': definitions.get(id).text}, text);

  // ---- Personas everywhere: colour, shape, name.

  const colour = persona => 'p' + persona % COLOURS;
  const polygon = (outline, r) => marks(outline, r, [[0, 0]]);

  function mark(persona) {
    return svg('svg', {class: 'mark ' + colour(persona), viewBox: '-1.5 -1.5 3 3', 'aria-hidden': 'true'},
      svg('path', {d: 'M' + outlines[persona].map(c => c.join(' ')).join('L') + 'z'}));
  }

  /** A text of the spec that may be long: what does not fit is in its title. */
  function clamped(path) {
    const node = val(path);
    if (node.textContent.length > 60) node.classList.add('long');
    node.title = shown(path);
    return node;
  }
  const name = persona => clamped(`personas.${persona}.name`);
  const label = feature => {
    const node = val(`features.${feature}.label`);
    node.title = data.features[feature].name;
    return node;
  };
  /** What follows the figures of a feature, if the spec says so. */
  const unit = feature => data.features[feature].unit ? el('span', {class: 'muted'}, ' (', val(`features.${feature}.unit`), ')') : null;
  /** The share of users without a value, if there are any: the figures beside it leave them out. */
  const missing = path => at(path) > 0 ? el('span', {class: 'muted'}, ' (', val(path, 'percent'), ' missing)') : null;
  const ids = data.personas.map((_, place) => place);

  function section(id, title, lede, ...body) {
    return el('section', {id, 'aria-labelledby': id + '-title'},
      el('h2', {id: id + '-title'}, title),
      lede ? el('p', {class: 'lede'}, lede) : null,
      el('div', {class: 'body'}, body));
  }

  // ---- Header

  const SECTIONS = [['personas', 'Personas'], ...(data.described ? [['described', 'What else is true']] : []),
    ...(data.drift ? [['changes', 'What changed']] : []), ['separation', 'Separation'], ['centroids', 'Centroids'],
    ['importance', 'Importance'], ...(data.atypical ? [['atypical', 'Atypical users']] : []), ['distributions', 'Distributions'], ...(data.kSelection.candidates.length ? [['choice', 'How many']] : []), ['convergence', 'Convergence'], ['quality', 'Data quality'], ['definitions', 'Definitions']];

  const warnings = which => data.warnings.flatMap((w, i) => which(w) ? [el('li', {}, val(`warnings.${i}.text`))] : []);

  function header() {
    const fact = (title, value, note) =>
      el('div', {}, el('dt', {}, title), el('dd', {}, value, note ? el('span', {class: 'note'}, note) : null));
    const converged = data.run.status === 'CONVERGED';
    const one = data.personas.length === 1;
    const findings = warnings(w => w.kind !== 'note');
    const bar = el('div', {class: 'bar', 'aria-hidden': 'true'}, ids.map(i => {
      const part = el('span', {class: colour(i)});
      part.style.flexGrow = data.personas[i].share;
      return part;
    }));
    return el('header', {},
      el('p', {class: 'eyebrow'}, 'Segment report · ', val('run.spec')),
      el('h1', {}, val('run.users', 'count'), data.run.users === 1 ? ' user in ' : ' users in ',
        el('span', {'data-path': 'personas.length', 'data-format': 'count'}, FORMATS.count(data.personas.length)),
        one ? ' persona' : ' personas'),
      data.run.description ? el('p', {class: 'lede'}, val('run.description')) : null,
      bar,
      el('ul', {class: 'overview'}, ids.map(i => el('li', {},
        el('span', {class: 'who'}, mark(i), el('b', {}, name(i))), el('span', {class: 'n'}, val(`personas.${i}.share`, 'percent')),
        el('span', {}, val(`personas.${i}.summary`), data.personas[i].strategy ? el('span', {class: 'muted'}, ' ', val(`personas.${i}.strategy`)) : null)))),
      findings.length ? el('div', {class: 'warnings', role: 'note'},
        el('h2', {}, 'Before you use these segments'),
        el('ul', {}, findings)) : null,
      el('dl', {class: 'facts'},
        fact('Status', converged ? 'Converged' : 'Not converged',
          ['After ', val('run.iterations', 'count'), data.run.iterations === 1 ? ' iteration. ' : ' iterations. ', val('run.statusMeaning')]),
        fact(term('explained', 'Variance explained'), val('run.explained', 'percent'), 'of the differences between users'),
        fact(term('silhouette', 'Silhouette'), val('run.silhouette', 'two'), 'from −1 (mixed) to 1 (apart)'),
        data.drift ? fact('Since the run before', val('drift.advice', 'sentence'), val('drift.reason')) : null,
        fact('Rejected records', val('ledger.rejected', 'count'), ['of ', val('ledger.read', 'count'), ' read']),
        fact('Date of the data', data.run.dataDate ? val('run.dataDate') : 'Not given', data.run.dataDate ? null : 'the run was not told')),
      el('nav', {'aria-label': 'Sections'}, SECTIONS.map(([id, title]) => el('a', {href: '#' + id}, title))));
  }

  // ---- Personas

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

  // ---- What is true of the personas in columns that were not clustered

  const MOST_FACTS = 4;
  /** A category that agrees less with the personas is not worth a word. */
  const NOTABLE_AGREEMENT = 0.2;
  const described = data.described ? data.described.columns : [];
  // The mean of a level or of yes and no is a share.
  const meanFormat = f => data.features[f].level ? 'percent' : 'raw';

  const describedFormat = column => ({numeric: 'raw', date: 'day'})[column.type] || 'percent';

  /** The words of a row: the column, and the text if the column is a category. */
  function subject(c, r) {
    const base = `described.columns.${c}.`;
    const row = described[c].rows[r];
    return row.level === undefined ? val(base + 'name') : [val(base + 'name'), ': ', val(`${base}rows.${r}.level`)];
  }

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

  function description() {
    if (!data.described) return null;
    const cell = (c, r, i) => {
      const path = `described.columns.${c}.rows.${r}.personas.${i}.`;
      const figure = described[c].rows[r].personas[i];
      const td = el('td', {class: figure.chance ? 'chance' : null,
        'data-tip': figure.chance ? 'The difference from all users could be chance.'
          : [figure.effect === null ? [] : 'Effect ' + FORMATS.sigma(figure.effect), figure.index === null ? [] : `Index ${FORMATS.count(figure.index)} (all users: 100)`].flat().join('; ')},
        el('span', {class: 'z'}, val(path + 'value', describedFormat(described[c]))));
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
      ids.map(i => cell(c, r, i)))));
    return section('described', 'What else is true of the personas',
      ['These columns were not clustered. The columns that differ most between the personas come first. A cell shows a mean, the share of yes, or the share of a text. Gray figures could be ', term('chance', 'chance'), '.'],
      described.length ? el('div', {class: 'heat described', tabindex: '0', role: 'region', 'aria-label': 'Described columns, scrollable'}, el('table', {},
        el('thead', {}, el('tr', {}, el('td', {class: 'corner'}), el('th', {scope: 'col'}, 'All users'), ids.map(i => el('th', {scope: 'col'}, mark(i), name(i))))),
        el('tbody', {}, rows))) : null,
      data.described.leftOut.length ? el('details', {}, el('summary', {}, 'Columns that are not described'),
        el('ul', {}, data.described.leftOut.map((_, i) => el('li', {}, val(`described.leftOut.${i}`))))) : null);
  }

  // ---- What changed since the run before

  /** Of a value that drift.json leaves out where there is none. */
  const optional = (path, format) => at(path) === undefined ? '–' : val(path, format);
  const placeOf = id => data.personas.findIndex(persona => persona.id === id);

  function changes() {
    if (!data.drift) return null;
    const lede = [el('b', {}, val('drift.advice', 'sentence')), ': ', val('drift.reason'), '. ', val('drift.usersBefore', 'count'), ' users then, ', val('drift.usersNow', 'count'), ' now.'];
    return section('changes', 'What changed since the run before', lede, changedPersonas(), migration(), held(), stability());
  }

  function changedPersonas() {
    const most = Math.max(...data.drift.personas.map(p => Math.max(p.share, p.shareBefore)));
    const bar = (kind, share) => {
      const part = el('i', {class: kind});
      part.style.width = (most ? 100 * share / most : 0) + '%';
      return part;
    };
    const SHARES = {stayed: ['Stayed', 'retention'], left: ['Left', 'retention'], came: ['Came', 'retention'], retention: ['Retained', 'resampling'], resampledRetention: ['Resampled', 'resampling']};
    const shares = Object.keys(SHARES).filter(key => data.drift.personas.some(p => p[key] !== undefined));
    const row = (persona, i) => {
      const base = `drift.personas.${i}.`;
      const retired = persona.change === 'RETIRED';
      const tone = retired ? '' : colour(placeOf(persona.id));
      return el('tr', {class: retired ? 'muted' : ''},
        el('td', {}, val(base + 'id', 'count')),
        el('th', {scope: 'row'}, retired ? null : mark(placeOf(persona.id)), ' ', clamped(base + 'persona'),
          persona.previousPersona ? el('span', {class: 'was'}, 'was ', clamped(base + 'previousPersona')) : null),
        el('td', {}, val(base + 'change', 'sentence')),
        el('td', {class: 'n'}, optional(base + 'shift', 'two')),
        el('td', {class: 'n'}, val(base + 'usersBefore', 'count')),
        el('td', {class: 'n'}, val(base + 'users', 'count')),
        el('td', {class: 'n'}, val(base + 'shareBefore', 'percent')),
        el('td', {class: 'n'}, val(base + 'share', 'percent')),
        shares.map(key => el('td', {class: 'n'}, optional(base + key, 'percent'))),
        el('td', {class: 'sizes ' + tone, 'aria-hidden': 'true'}, bar('then', persona.shareBefore), bar('now', persona.share)));
    };
    return el('div', {class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Personas then and now, scrollable'},
      el('table', {class: 'changes'},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Id'), el('th', {scope: 'col'}, 'Persona'),
          el('th', {scope: 'col'}, term('change', 'Change')), el('th', {scope: 'col', class: 'n'}, 'Shift (', term('sigma', 'σ'), ')'),
          ['Users before', 'Users now', 'Share before', 'Share now'].map(t => el('th', {scope: 'col', class: 'n'}, t)),
          shares.map(key => el('th', {scope: 'col', class: 'n'}, term(SHARES[key][1], SHARES[key][0]))),
          el('td', {class: 'sizes', 'aria-hidden': 'true'}))),
        el('tbody', {}, data.drift.personas.map(row))));
  }

  function migration() {
    const m = data.drift.migration;
    if (!m) return null;
    const heat = (count, whole) => {
      const strength = whole && count !== null ? Math.round(100 * count / whole) : 0;
      return `--tone: var(--high); --strength: ${strength}%`;
    };
    const cell = (path, count, whole) => {
      const td = el('td', {}, val(path, 'count'));
      td.style.cssText = heat(count, whole);
      return td;
    };
    const row = (from, i) => {
      const base = `drift.migration.rows.${i}.`;
      return el('tr', {}, el('th', {scope: 'row'}, val(base + 'id', 'count'), ' ', clamped(base + 'persona')),
        from.users.map((count, j) => cell(`${base}users.${j}`, count, from.before)),
        cell(base + 'leavers', from.leavers, from.before), el('td', {class: 'sum'}, val(base + 'before', 'count')));
    };
    const base = 'drift.migration.';
    const why = m.changedByUsers === undefined ? '.' : [': for ', val(base + 'changedByUsers', 'count'),
      ' the ', term('cause', 'users moved'), ', for ', val(base + 'changedByCentroids', 'count'), ' the centroids did.'];
    return el('figure', {class: 'migration'},
      el('h3', {}, term('migration', 'Who went where')),
      el('div', {class: m.columns.length > 7 ? 'heat many' : 'heat', tabindex: '0', role: 'region', 'aria-label': 'Who went where, scrollable'}, el('table', {},
        el('thead', {}, el('tr', {}, el('td', {class: 'corner'}), m.columns.map((id, j) => el('th', {scope: 'col'}, mark(placeOf(id)), val(`${base}columns.${j}`, 'count'), ' ', name(placeOf(id)))),
          el('th', {scope: 'col'}, 'Left'), el('th', {scope: 'col'}, 'Before'))),
        el('tbody', {}, m.rows.map(row),
          el('tr', {}, el('th', {scope: 'row'}, 'Joined'), m.joined.map((count, j) => cell(`${base}joined.${j}`, count, m.joiners)), el('td', {}), el('td', {class: 'sum'}))))),
      el('figcaption', {}, val(base + 'stayed', 'count'), ' users stayed in their persona, ', val(base + 'changed', 'count'), ' changed it', why,
        ' ', val(base + 'joiners', 'count'), ' joined, ', val(base + 'leavers', 'count'), ' left.'));
  }

  function held() {
    if (!data.stickiness) return null;
    return el('p', {}, val('stickiness.heldUsers', 'count'), ' users are held in their previous persona although another centroid is nearer, because it is nearer by at most the margin ',
      val('stickiness.margin', 'two'), '. The price is an inertia of ', val('stickiness.inertia', 'count'), ' instead of ', val('stickiness.freeInertia', 'count'), '.');
  }

  function stability() {
    return el('figure', {class: 'psi'},
      el('h3', {}, 'Values of the features'),
      el('table', {},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Feature'), el('th', {scope: 'col', class: 'n'}, term('psi', 'PSI')), el('th', {scope: 'col', class: 'n'}, 'Chance'))),
        el('tbody', {}, data.drift.features.map((feature, f) => el('tr', {}, el('th', {scope: 'row'}, label(f)),
          el('td', {class: 'n'}, optional(`drift.features.${f}.psi`, 'two')), el('td', {class: 'n'}, optional(`drift.features.${f}.chance`, 'two')))))));
  }

  // ---- Separation

  const view = {components: false, x: data.scatter.x, y: data.scatter.y === null ? -1 : data.scatter.y,
    logX: false, logY: false, hidden: new Set()};

  const axisOf = (f, log) => log && data.features[f].log ? data.features[f].log : data.features[f].linear;

  /** The same jitter for the same point, always. */
  const jitter = i => ((i * 0.6180339887) % 1 - 0.5) * 0.6;

  function scatterPlot(width) {
    const s = data.scatter;
    const lanes = {min: -0.5, max: data.personas.length - 0.5, unit: 0, ticks: ids.map(i => ({at: data.personas.length - 1 - i, label: String(i)}))};
    const c = view.components ? s.components : null;
    const x = c ? c.axes[0] : axisOf(view.x, view.logX);
    const y = c ? c.axes[1] : view.y < 0 ? lanes : axisOf(view.y, view.logY);
    const xs = c ? c.points[0] : s.raw[view.x];
    const ys = c ? c.points[1] : view.y < 0 ? s.cluster.map((p, i) => data.personas.length - 1 - p + jitter(i)) : s.raw[view.y];
    const centre = i => c ? [c.centroids[0][i], c.centroids[1][i]]
      : [data.personas[i].mean[view.x], view.y < 0 ? data.personas.length - 1 - i : data.personas[i].mean[view.y]];
    const titleX = c ? 'First principal component' : data.features[view.x].label;
    const titleY = c ? 'Second principal component' : view.y < 0 ? 'Persona' : data.features[view.y].label;
    const describe = `Scatter plot of ${titleX} against ${titleY}, one mark a user. Centroids: ` +
      ids.filter(i => centre(i)[0] !== null && centre(i)[1] !== null).map(i => `${data.personas[i].name} at ${FORMATS.raw(centre(i)[0])}, ${FORMATS.raw(centre(i)[1])}`).join('; ');
    const left = Math.max(...y.ticks.map(t => t.label.length)) * 7 + 16;
    const height = Math.round(Math.min(560, Math.max(340, width * 0.6)));
    const {node, atX, atY} = frame({width, height, left, top: 26, bottom: 48, x, y, describe});
    const short = text => text.length > 60 ? text.slice(0, 59) + '…' : text;
    node.append(svg('text', {class: 'axis-title', x: width - 12, y: height - 8, 'text-anchor': 'end'}, short(titleX) + ' →'));
    node.append(svg('text', {class: 'axis-title', x: 0, y: 12}, '↑ ' + short(titleY)));
    const radius = s.cluster.length > 800 ? 2.6 : 3.6;
    for (const i of ids) {
      const points = [];
      s.cluster.forEach((p, j) => { if (p === i && xs[j] !== null && ys[j] !== null) points.push([atX(xs[j]), atY(ys[j])]); });
      node.append(svg('path', {class: `points ${colour(i)}${view.hidden.has(i) ? ' dim' : ''}`, d: marks(outlines[i], radius, points)}));
    }
    for (const i of ids) {
      const [cx, cy] = centre(i);
      if (cx === null || cy === null) continue;
      node.append(svg('g', {class: `centroid ${colour(i)}${view.hidden.has(i) ? ' dim' : ''}`, transform: `translate(${place(atX(cx))} ${place(atY(cy))})`},
        svg('path', {d: polygon(outlines[i], 8)}),
        svg('text', {x: 13, y: 4.5}, String(i))));
    }
    return node;
  }

  function separation() {
    const holder = el('div', {id: 'scatter'});
    const draw = () => holder.replaceChildren(scatterPlot(Math.max(280, holder.clientWidth || 1056)));
    redraw.push(draw);
    const options = () => data.features.map((_, i) => {
      const path = `features.${i}.label`;
      return el('option', {value: i, 'data-path': path, 'data-format': 'text'}, shown(path));
    });
    const check = (axis, key) => {
      const box = el('input', {type: 'checkbox', id: 'log-' + key, onchange: () => { view[axis] = box.checked; draw(); }});
      return box;
    };
    const logX = check('logX', 'x');
    const logY = check('logY', 'y');
    const update = () => {
      const can = f => f >= 0 && data.features[f].log !== null;
      for (const [box, axis, f] of [[logX, 'logX', view.x], [logY, 'logY', view.y]]) {
        box.disabled = view.components || !can(f);
        box.checked = view[axis] && can(f);
        box.parentElement.classList.toggle('off', box.disabled);
      }
      pickX.disabled = pickY.disabled = view.components;
      draw();
    };
    const pick = (id, key, log) => el('select', {id, onchange: event => {
      view[key] = Number(event.target.value);
      view[log] = view[key] >= 0 && data.features[view[key]].skewed;
      update();
    }}, options());
    const pickX = pick('pick-x', 'x', 'logX');
    const pickY = pick('pick-y', 'y', 'logY');
    pickY.append(el('option', {value: -1}, 'Persona'));
    pickX.value = view.x;
    pickY.value = view.y;
    view.logX = data.features[view.x].skewed;
    view.logY = view.y >= 0 && data.features[view.y].skewed;
    const caption = el('figcaption', {});
    const mode = (components, text) => el('button', {type: 'button', 'aria-pressed': String(view.components === components), id: components ? 'view-components' : 'view-features', onclick: () => {
      view.components = components;
      for (const button of modes) button.setAttribute('aria-pressed', String(button.id === (components ? 'view-components' : 'view-features')));
      caption.replaceChildren(...captionText());
      update();
    }}, text);
    const modes = data.scatter.components ? [mode(false, 'Two features'), mode(true, 'Principal components')] : [];
    const captionText = () => [
      ...(view.components ? ['The two ', term('components', 'principal components'), ' show ', val('scatter.components.share.0', 'percent'), ' and ',
        val('scatter.components.share.1', 'percent'), ' of all differences between users. '] : []),
      'The large marks are the ', term('centroid', 'centroids'), '. ', val('sample.points', 'count'),
      data.sample.points === data.run.users ? ' users shown, that is all.' : [' of ', val('run.users', 'count'), ' users shown, evenly chosen.'],
      ...(data.privacy ? [' ', val('privacy.note')] : [])].flat();
    caption.append(...captionText());
    const toggles = ids.map(i => el('li', {}, el('button', {type: 'button', 'aria-pressed': 'true', class: 'toggle', onclick: event => {
      if (view.hidden.has(i)) view.hidden.delete(i); else view.hidden.add(i);
      event.currentTarget.setAttribute('aria-pressed', String(!view.hidden.has(i)));
      draw();
    }}, mark(i), el('span', {class: 'muted number', 'data-path': `personas.${i}.id`, 'data-format': 'count'}, String(i)), name(i))));
    const result = section('separation', 'Segment separation',
      'One mark is one user. Where colours mix, users of two personas behave alike in what the picture shows.',
      el('div', {class: 'controls'},
        modes.length ? el('div', {class: 'segmented', role: 'group', 'aria-label': 'What the axes show'}, modes) : null,
        el('div', {class: 'axis'}, el('label', {}, 'Horizontal', pickX), el('label', {}, logX, 'log')),
        el('div', {class: 'axis'}, el('label', {}, 'Vertical', pickY), el('label', {}, logY, 'log'))),
      el('figure', {}, holder, caption),
      el('ul', {class: 'legend', 'aria-label': 'Show or hide a persona'}, toggles));
    update();
    return result;
  }

  // ---- Centroids

  function centroids() {
    const heat = el('div', {class: ids.length > 7 ? 'heat many' : 'heat', tabindex: '0', role: 'region', 'aria-label': 'Centroids, scrollable'});
    const cell = (i, f) => {
      const z = data.personas[i].z[f];
      const base = `personas.${i}.`;
      const td = el('td', {'data-tip': `${data.features[f].label}: ${data.features[f].level ? 'share' : 'mean'} ${shown(`${base}mean.${f}`, meanFormat(f))}, all users ${shown(`features.${f}.mean`, meanFormat(f))}`},
        el('span', {class: 'z'}, val(`${base}z.${f}`, 'sigma')), el('span', {class: 'raw'}, val(`${base}mean.${f}`, meanFormat(f))));
      td.style.setProperty('--tone', z < 0 ? 'var(--low)' : 'var(--high)');
      td.style.setProperty('--strength', Math.round(Math.min(1, Math.abs(z) / 2) * 100) + '%');
      return td;
    };
    heat.append(el('table', {},
      el('thead', {}, el('tr', {}, el('td', {class: 'corner'}), ids.map(i => el('th', {scope: 'col'}, mark(i), ids.length > 7 ? el('b', {}, val(`personas.${i}.id`)) : null, name(i))))),
      el('tbody', {}, data.features.map((feature, f) => el('tr', {}, el('th', {scope: 'row'}, label(f)), ids.map(i => cell(i, f)))))));
    const mode = (raw, text) => el('button', {type: 'button', 'aria-pressed': String(!raw), id: raw ? 'show-raw' : 'show-sigma', onclick: event => {
      heat.classList.toggle('raw', raw);
      for (const button of event.currentTarget.parentElement.children) button.setAttribute('aria-pressed', String(button === event.currentTarget));
    }}, text);
    return section('centroids', 'Centroids',
      ['The average user of each persona, as distance from the average of all users in ', term('sigma', 'σ'), '. Point at a cell, or switch, for the raw mean.'],
      el('div', {class: 'controls'},
        el('div', {class: 'segmented', role: 'group', 'aria-label': 'What the cells show'}, mode(false, 'σ'), mode(true, 'Raw mean')),
        el('span', {class: 'scale', 'aria-hidden': 'true'}, '−2σ', el('i', {}), '+2σ and more')),
      heat);
  }

  // ---- Importance

  function importance() {
    const advice = data.warnings.flatMap((warning, w) => ['no_influence', 'correlated_features'].includes(warning.kind) ? [el('li', {}, val(`warnings.${w}.text`))] : []);
    const bar = share => {
      const node = el('td', {class: 'meter', 'aria-hidden': 'true'}, el('i', {}));
      node.firstChild.style.width = Math.round(100 * share) + '%';
      return node;
    };
    return section('importance', 'What tells the personas apart',
      ['The columns in the order of the ', term('explained', 'variance that they explain'), '. The drop is how much the ', term('silhouette', 'silhouette'),
        ' falls if distances leave a column out. A column with a drop below zero blurs the personas.'],
      el('div', {class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Importance of the columns, scrollable'}, el('table', {class: 'importance'},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Column'), el('th', {scope: 'col', class: 'n'}, 'Explained'), el('td', {class: 'meter', 'aria-hidden': 'true'}), el('th', {scope: 'col', class: 'n'}, 'Drop in silhouette'))),
        el('tbody', {}, data.importance.map((each, i) => el('tr', {}, el('th', {scope: 'row'}, val(`importance.${i}.label`)),
          el('td', {class: 'n'}, val(`importance.${i}.explained`, 'percent')), bar(each.explained),
          el('td', {class: 'n'}, each.silhouetteDrop === null ? '–' : val(`importance.${i}.silhouetteDrop`, 'sigma'))))))),
      advice.length ? el('ul', {class: 'advice'}, advice) : null);
  }

  // ---- Atypical users

  function atypical() {
    if (!data.atypical) return null;
    return section('atypical', 'Atypical users',
      [val('atypical.rule'), ' The column outlier of the assignments marks these users.'],
      el('div', {class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Atypical users, scrollable'}, el('table', {class: 'importance'},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Persona'), el('th', {scope: 'col', class: 'n'}, 'Edge (', term('sigma', 'σ'), ')'),
          el('th', {scope: 'col', class: 'n'}, 'Atypical users'), el('th', {scope: 'col', class: 'n'}, 'Share of the persona'))),
        el('tbody', {}, ids.map(i => el('tr', {}, el('th', {scope: 'row'}, mark(i), ' ', name(i)),
          el('td', {class: 'n'}, val(`atypical.personas.${i}.edge`, 'two')), el('td', {class: 'n'}, val(`atypical.personas.${i}.users`, 'count')),
          el('td', {class: 'n'}, val(`atypical.personas.${i}.share`, 'percent'))))))));
  }

  // ---- Distributions

  const ROW = 36;

  function ridge(width, f) {
    const d = data.distributions[f];
    const axis = d.log ? data.features[f].log : data.features[f].linear;
    const height = 12 + ROW * ids.length + 26;
    const medians = ids.map(i => `${data.personas[i].name} ${shown(`personas.${i}.median.${f}`, 'raw')}`).join('; ');
    const {node, atX} = frame({width, height, left: 24, right: 6, top: 12, bottom: 26, x: axis, y: null,
      describe: `Distribution of ${data.features[f].label}. Median of all users ${shown(`features.${f}.median`, 'raw')}; ${medians}`});
    const all = d.personas.flat().concat(d.all);
    const most = all.length ? Math.max(...all) : 1;
    const path = (shares, base) => {
      let steps = `M${place(atX(d.edges[0]))} ${base}`;
      shares.forEach((share, b) => {
        const y = place(base - share / most * (ROW - 5));
        steps += `V${y}H${place(atX(d.edges[b + 1]))}`;
      });
      return steps + `V${base}`;
    };
    ids.forEach((i, row) => {
      const base = 12 + ROW * (row + 1);
      node.append(svg('line', {class: 'gridline', x1: 24, x2: width - 6, y1: base, y2: base}));
      if (d.personas[i].length) {
        node.append(svg('path', {class: 'ridge ' + colour(i), d: path(d.personas[i], base) + 'z'}));
        node.append(svg('path', {class: 'everybody', d: path(d.all, base)}));
      }
      node.append(svg('g', {class: 'mark ' + colour(i), transform: `translate(8 ${base - 9})`}, svg('path', {d: polygon(outlines[i], 5)})));
    });
    return node;
  }

  function distributions() {
    const figures = data.features.map((feature, f) => {
      const holder = el('div', {});
      redraw.push(() => holder.replaceChildren(ridge(Math.max(240, holder.clientWidth || 320), f)));
      return el('figure', {}, el('h3', {}, label(f), unit(f), data.distributions[f].log ? el('span', {class: 'muted'}, ' (log)') : null, missing(`features.${f}.missing`)), holder);
    });
    // The features that tell the personas apart best come first; with many, the others wait.
    const ranked = data.features.map((_, f) => f).sort((a, b) => data.features[b].explained - data.features[a].explained || a - b);
    const first = data.features.length > 12 ? 9 : data.features.length;
    const grid = features => el('div', {class: 'ridges'}, features.map(f => figures[f]));
    const others = first < ranked.length ? el('details', {ontoggle: drawAll}, el('summary', {},
      'The other ', el('span', {}, String(ranked.length - first)), ' features'), grid(ranked.slice(first))) : null;
    return section('distributions', 'Segment against everybody',
      'The share of users per value: filled, the persona; line, all users. Axes marked log are logarithmic.' +
      (first < ranked.length ? ' The features that tell the personas apart best come first.' : ''),
      el('ul', {class: 'legend'}, ids.map(i => el('li', {}, mark(i), name(i))), el('li', {}, el('span', {class: 'key-all'}), 'All users')),
      grid(first < ranked.length ? ranked.slice(0, first) : data.features.map((_, f) => f)), others);
  }

  // ---- Convergence

  function trace(width, key, axis, title) {
    const passes = data.convergence.passes;
    const last = passes.length ? passes[passes.length - 1].iteration : 1;
    const step = Math.max(1, Math.ceil(last / 6));
    const ticks = [];
    for (let i = 1; i <= last; i += step) ticks.push({at: i, label: String(i)});
    const x = {min: last === 1 ? 0 : 1, max: last === 1 ? 2 : last, unit: 0, ticks};
    const left = Math.max(...axis.ticks.map(t => t.label.length)) * 7 + 16;
    const points = passes.filter(p => p[key] !== null);
    const {node, atX, atY} = frame({width, height: 190, left, x, y: axis, top: 8,
      describe: `${title} per pass: ` + points.map(p => FORMATS.raw(p[key])).join(', ')});
    const places = points.map(p => [place(atX(p.iteration)), place(atY(p[key]))]);
    node.append(svg('path', {class: 'trace', d: places.map((p, i) => (i ? 'L' : 'M') + p.join(' ')).join('')}));
    for (const [cx, cy] of places) node.append(svg('circle', {class: 'trace-dot', cx, cy, r: last > 40 ? 1.5 : 3}));
    return node;
  }

  function convergence() {
    const c = data.convergence;
    const panel = (key, axis, title, heading) => {
      const holder = el('div', {});
      redraw.push(() => holder.replaceChildren(trace(Math.max(240, holder.clientWidth || 320), key, axis, title)));
      return el('figure', {}, el('h3', {}, heading), holder);
    };
    const row = (pass, i) => el('tr', {},
      el('th', {scope: 'row'}, val(`convergence.passes.${i}.iteration`, 'count')),
      el('td', {class: 'n'}, val(`convergence.passes.${i}.inertia`, 'raw')),
      el('td', {class: 'n'}, val(`convergence.passes.${i}.largestShift`, 'raw')),
      el('td', {class: 'n'}, val(`convergence.passes.${i}.changed`, 'count')));
    return section('convergence', 'Convergence',
      c.passes.length === 1 ? 'The start, found on a sample, was already right: one pass over all users confirmed it.'
        : 'One point is one pass over all users.',
      el('div', {class: 'panels'},
        panel('inertia', c.inertia, 'Inertia', [term('inertia', 'Inertia')]),
        panel('largestShift', c.shift, 'Largest shift', [term('shift', 'Largest shift'), ' (σ', c.shift.unit > 0 ? ', log)' : ')']),
        c.passes.length > 1 ? panel('changed', c.changed, 'Users that changed persona', ['Users that changed persona']) : null),
      el('details', {}, el('summary', {}, 'As a table'),
        el('div', {class: 'wide'}, el('table', {},
          el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Pass'), el('th', {scope: 'col', class: 'n'}, 'Inertia'),
            el('th', {scope: 'col', class: 'n'}, 'Largest shift'), el('th', {scope: 'col', class: 'n'}, 'Users moved'))),
          el('tbody', {}, c.passes.map(row))))));
  }

  function choice() {
    const k = data.kSelection;
    if (!k.candidates.length) return null;
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

  // ---- Data quality

  function quality() {
    const l = data.ledger;
    const counts = el('table', {},
      el('caption', {}, 'Records'),
      el('tbody', {},
        el('tr', {}, el('th', {scope: 'row'}, 'Read'), el('td', {class: 'n'}, val('ledger.read', 'count'))),
        el('tr', {}, el('th', {scope: 'row'}, 'Assigned'), el('td', {class: 'n'}, val('ledger.assigned', 'count'))),
        el('tr', {}, el('th', {scope: 'row'}, 'Rejected'), el('td', {class: 'n'}, val('ledger.rejected', 'count'))),
        l.reasons.map((r, i) => el('tr', {}, el('th', {scope: 'row', class: 'muted'}, '– ', val(`ledger.reasons.${i}.reason`, 'words')),
          el('td', {class: 'n muted'}, val(`ledger.reasons.${i}.records`, 'count'))))));
    const imputed = l.imputed.length ? el('table', {},
      el('caption', {}, 'Missing values that something stands in for'),
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Feature'), el('th', {scope: 'col', class: 'n'}, 'Values'), el('th', {scope: 'col', class: 'n'}, 'Stand-in'))),
      el('tbody', {}, l.imputed.map((m, i) => el('tr', {}, el('th', {scope: 'row'}, label(m.feature)),
        el('td', {class: 'n'}, val(`ledger.imputed.${i}.values`, 'count')), el('td', {class: 'n'}, val(`ledger.imputed.${i}.standIn`, 'raw')))))) : null;
    const examples = l.examples.length ? el('details', {open: ''}, el('summary', {}, 'A few of the rejected records' + (data.privacy ? ', masked' : '') + '; rejected-*.csv has all, with their places'),
      el('div', {class: 'wide'}, el('table', {class: 'examples'},
        el('thead', {}, el('tr', {}, ['Reason', 'Field', 'Record begins'].map(t => el('th', {scope: 'col'}, t)))),
        el('tbody', {}, l.examples.map((e, i) => el('tr', {},
          el('th', {scope: 'row'}, val(`ledger.examples.${i}.reason`, 'words')), el('td', {}, val(`ledger.examples.${i}.field`)),
          el('td', {}, el('code', {}, val(`ledger.examples.${i}.record`))))))))) : null;
    const notes = warnings(w => w.kind === 'note');
    return section('quality', 'Data quality', [val('sample.note'), ...(data.privacy ? [' ', val('privacy.note')] : [])], el('div', {class: 'two'}, counts, imputed),
      notes.length ? el('div', {class: 'notes'}, el('h3', {}, 'What the run did'), el('ul', {}, notes)) : null, examples);
  }

  function glossary() {
    return section('definitions', 'Definitions', null, el('dl', {class: 'defs'}, data.definitions.map((d, i) =>
      el('div', {id: 'def-' + d.id}, el('dt', {}, val(`definitions.${i}.term`)), el('dd', {}, val(`definitions.${i}.text`))))));
  }

  function footer() {
    return el('footer', {}, el('p', {}, val('program'), ' · ', val('run.spec'), ' · spec ', val('run.specDigest'), ' · seed ', val('run.seed'),
      ' · inertia ', val('run.inertia', 'raw'), ' · the same numbers stand in report.json'));
  }

  // ---- One tooltip for all, by pointer and by keyboard.

  function tooltips(page) {
    const tip = el('div', {id: 'tip', role: 'tooltip', hidden: ''});
    document.body.append(tip);
    const show = target => {
      tip.textContent = target.dataset.tip;
      tip.hidden = false;
      const box = target.getBoundingClientRect();
      const own = tip.getBoundingClientRect();
      const x = Math.max(12, Math.min(box.left + box.width / 2 - own.width / 2, document.documentElement.clientWidth - own.width - 12));
      const above = box.top - own.height - 8;
      tip.style.left = x + scrollX + 'px';
      tip.style.top = (above > 8 ? above : box.bottom + 8) + scrollY + 'px';
      target.setAttribute('aria-describedby', 'tip');
    };
    const hide = () => { tip.hidden = true; };
    const find = event => event.target.closest ? event.target.closest('[data-tip]') : null;
    for (const type of ['mouseover', 'focusin']) page.addEventListener(type, event => { const t = find(event); if (t) show(t); else hide(); });
    for (const type of ['mouseleave', 'focusout']) page.addEventListener(type, hide);
    document.addEventListener('keydown', event => { if (event.key === 'Escape') hide(); });
  }

  const redraw = [];
  const drawAll = () => redraw.forEach(draw => draw());
  const page = document.getElementById('page');
  document.title = 'Segment report · ' + data.run.spec;
  const main = el('main', {id: 'main'}, section('personas', 'Personas', null, el('div', {class: ids.length === 2 || ids.length === 4 ? 'cards by-two' : 'cards'}, ids.map(card))),
    description(), changes(), separation(), centroids(), importance(), atypical(), distributions(), choice(), convergence(), quality(), glossary());
  page.append(el('a', {class: 'skip', href: '#main'}, 'Skip to the personas'), header(), main, footer());
  tooltips(page);
  drawAll();
  addEventListener('beforeprint', () => { for (const more of document.querySelectorAll('details')) more.open = true; });
  let width = page.clientWidth;
  addEventListener('resize', () => {
    if (page.clientWidth === width) return;
    width = page.clientWidth;
    drawAll();
  });
})();
