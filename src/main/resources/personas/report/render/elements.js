'use strict';
// The parts that all sections share: data, number formats, elements, marks of personas, and the registry
// of sections. A section is one file in sections/. ReportSections.java lists the sections in order.
const Report = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const outlines = JSON.parse(document.getElementById('marks').textContent);
  const COLORS = 12;
  const {svg, marks} = Chart;
  const definitions = new Map(data.definitions.map(d => [d.id, d]));

  // ---- Numbers. Every value on the page is formatted here, and its element names the path in the JSON.

  const grouped = (v, digits) => {
    const [whole, rest] = Math.abs(v).toFixed(digits).split('.');
    const sign = v < 0 && /[1-9]/.test(whole + (rest || '')) ? '−' : '';
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest ? '.' + rest : '');
  };
  const FORMATS = {
    // Replaces characters that change the direction of the text.
    text: v => typeof v === 'string' ? v.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd') : v,
    words: v => v.replace(/_/g, ' '),
    sentence: v => v[0] + v.slice(1).toLowerCase(),
    count: v => grouped(v, 0),
    two: v => grouped(v, 2),
    percent: v => grouped(100 * v, v !== 0 && Math.abs(v) < 0.01 ? 2 : 1) + '%',
    sigma: v => (grouped(v, 2).startsWith('−') || Number(v.toFixed(2)) === 0 ? '' : '+') + grouped(v, 2),
    day: v => new Date(Math.round(v) * 864e5).toISOString().slice(0, 10),
    raw: v => {
      const size = Math.abs(v);
      if (size >= 1e12 || (size > 0 && size < 1e-3)) return v.toExponential(2).replace('-', '−').replace('e−', 'e-');
      return grouped(v, Number.isInteger(v) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
    },
  };

  /** Returns the value at a path of the JSON, such as 'personas.0.name'; null or undefined if it does not exist. */
  const at = path => path.split('.').reduce((node, key) => node === null || node === undefined ? node : node[key], data);

  /** Returns the value at a path of the JSON as text; a dash if there is no value. */
  function textAt(path, format = 'text') {
    const value = at(path);
    return value === null || value === undefined || value === '' ? '–' : FORMATS[format](value);
  }

  /** Returns an element that shows the value at a path of the JSON. */
  function val(path, format = 'text') {
    return el(['text', 'words', 'sentence'].includes(format) ? 'bdi' : 'span', {'data-path': path, 'data-format': format}, textAt(path, format));
  }

  /** Creates an element. An attribute whose name begins with 'on' is an event listener, and an attribute that is null is skipped. */
  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
      else if (value !== null) node.setAttribute(key, value);
    }
    node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
    return node;
  }

  /** Returns a text that links to its definition. A report of an earlier version may lack the definition. */
  const term = (id, text) => definitions.has(id)
    ? el('a', {class: 'term', href: '#def-' + id, 'data-tip': definitions.get(id).text}, text)
    : text;

  // ---- Color, shape and name of a persona.

  const color = persona => 'p' + persona % COLORS;
  const polygon = (outline, r) => marks(outline, r, [[0, 0]]);

  function mark(persona) {
    return svg('svg', {class: 'mark ' + color(persona), viewBox: '-1.5 -1.5 3 3', 'aria-hidden': 'true'},
      svg('path', {d: 'M' + outlines[persona].map(c => c.join(' ')).join('L') + 'z'}));
  }

  /** Returns a text of the spec, which may be long. The tooltip shows the whole text. */
  function clamped(path) {
    const node = val(path);
    if (node.textContent.length > 60) node.classList.add('long');
    node.title = textAt(path);
    return node;
  }
  const name = persona => clamped(`personas.${persona}.name`);
  const label = feature => {
    const node = val(`features.${feature}.label`);
    node.title = data.features[feature].name;
    return node;
  };
  /** Returns the unit of a feature, or null. */
  const unit = feature => data.features[feature].unit ? el('span', {class: 'muted'}, ' (', val(`features.${feature}.unit`), ')') : null;
  /** Returns the share of users without a value, or null if there are none. */
  const missing = path => at(path) > 0 ? el('span', {class: 'muted'}, ' (', val(path, 'percent'), ' missing)') : null;
  /** Returns the two ends of a confidence interval, or null if there is none. */
  const interval = (path, format) => at(path) ? el('span', {class: 'interval'}, val(path + '.low', format), ' to ', val(path + '.high', format)) : null;
  /** Returns whether the mean of a persona could equal the mean of all users. */
  const isUnsure = (persona, feature) => {
    const intervals = data.personas[persona].intervals;
    const difference = intervals && intervals.differences[feature];
    return Boolean(intervals) && (!difference || (difference.low <= 0 && difference.high >= 0));
  };
  const personaIndexes = data.personas.map((_, index) => index);

  function section(id, title, lede, ...body) {
    return el('section', {id, 'aria-labelledby': id + '-title'},
      el('h2', {id: id + '-title'}, title),
      lede ? el('p', {class: 'lede'}, lede) : null,
      el('div', {class: 'body'}, body));
  }

  /** Returns whether a warning is serious. In a report of an earlier version, every warning that is not a note is serious. */
  const isSerious = w => w.serious === undefined || w.serious === null ? w.kind !== 'note' : w.serious;
  const warnings = serious => data.warnings.flatMap((w, i) => isSerious(w) === serious ? [el('li', {}, val(`warnings.${i}.text`))] : []);
  const described = data.described ? data.described.columns : [];
  // The mean of a level or of a boolean is a share.
  const meanFormat = f => data.features[f].level ? 'percent' : 'raw';

  /** Returns the mean of a persona, or of all users for null; null if it is hidden or does not exist. */
  const meanOf = (persona, f) => {
    const mean = persona === null ? data.features[f].mean : data.personas[persona].mean && data.personas[persona].mean[f];
    return mean === undefined ? null : mean;
  };

  const describedFormat = column => ({numeric: 'raw', date: 'day'})[column.type] || 'percent';

  /** Returns the heading of a row: the column, and the level of a category. */
  function subject(c, r) {
    const base = `described.columns.${c}.`;
    const row = described[c].rows[r];
    return row.level === undefined ? val(base + 'name') : [val(base + 'name'), ': ', val(`${base}rows.${r}.level`)];
  }

  /** Returns a value, or a dash if drift.json does not have it. */
  const optional = (path, format) => at(path) === undefined ? '–' : val(path, format);
  const indexOfPersona = id => data.personas.findIndex(persona => persona.id === id);

  /**
   * Returns the classes of a grid without holes: rows of three tiles, and at the end two or four wider
   * tiles.
   */
  const tiling = tiles => tiles === 1 ? 'tiles one' : 'tiles ' + ['rows-of-three', 'last-four-wide', 'last-two-wide'][tiles % 3];

  // ---- The registry

  const sections = [];
  /**
   * Registers a section with `id` of the element, `tab` (text of the navigation), `isShown` (whether
   * the report has data for it) and `draw` (returns the element).
   */
  const add = section => sections.push(section);

  const redraw = [];
  /** Registers a function that draws at the start and whenever the width of the page changes. */
  const onDraw = draw => redraw.push(draw);
  const drawAll = () => redraw.forEach(draw => draw());

  return {data, outlines, definitions, grouped, FORMATS, at, textAt, val, el, term, color, polygon, mark, clamped, name, label, unit, missing, interval, isUnsure,
    personaIndexes, section, warnings, meanFormat, meanOf, describedFormat, subject, optional, indexOfPersona, described, tiling, sections, add, onDraw, drawAll};
})();
