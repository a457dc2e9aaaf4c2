'use strict';
// Builds the timeline page: events, sizes, retention, drift, flows and runs.
(() => {
  const page = JSON.parse(document.getElementById('data').textContent);
  const outlines = JSON.parse(document.getElementById('marks').textContent);
  const data = page.timeline;
  const COLORS = 12;
  const {svg, frame, marks, rounded} = Chart;

  // ---- Words and numbers

  const grouped = (value, digits = 0) => {
    const [whole, rest] = value.toFixed(digits).split('.');
    return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest ? '.' + rest : '');
  };
  const percent = share => share === null || share === undefined ? '–' : grouped(100 * share, 1) + '%';
  // Replaces characters that change the direction of the text.
  const plain = text => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  const label = run => data.runs[run].date || plain(data.runs[run].folder);
  const plural = (count, word) => `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;
  const chance = value => value === undefined || value === null ? '–'
    : value < 1e-5 ? 'below 0.00001' : value > 0.01 ? grouped(value, 2) : grouped(value, 5);
  const KINDS = {SPLIT: 'Split', MERGE: 'Merge', REPLACEMENT: 'Replaced', BIRTH: 'New', DEATH: 'Ended', FLOW: 'Flow', GROWTH: 'Growth',
    FADE: 'Fade', RENAME: 'Name', DRIFT: 'Drift', ID_COLUMN: 'Id column', OTHER_IDS: 'Other ids'};

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) if (value !== null) node.setAttribute(key, value);
    node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
    return node;
  }
  const words = text => el('bdi', {}, plain(text));
  /** Returns a sentence with unbreakable dates. */
  const sentence = text => el('bdi', {}, plain(text).split(/(\d{4}-\d\d-\d\d)/).map((part, i) => i % 2 ? el('span', {class: 'date'}, part) : part));

  // ---- Color, shape and name of a persona

  const color = persona => 'p' + persona % COLORS;
  const mark = persona => svg('svg', {class: 'mark ' + color(persona), viewBox: '-1.5 -1.5 3 3', 'aria-hidden': 'true'},
    svg('path', {d: 'M' + outlines[persona].map(c => c.join(' ')).join('L') + 'z'}));
  const name = persona => {
    const node = words(`${data.personas[persona].persona} (${data.personas[persona].id})`);
    node.title = node.textContent;
    return node;
  };
  const personaIndexes = data.personas.map((_, persona) => persona);
  const last = data.runs.length - 1;

  function section(id, title, lede, ...body) {
    return el('section', {id, 'aria-labelledby': id + '-title'}, el('h2', {id: id + '-title'}, title),
      lede ? el('p', {class: 'lede'}, lede) : null, el('div', {class: 'body'}, body));
  }
  const wide = (title, ...table) => el('div', {class: 'wide', tabindex: '0', role: 'region', 'aria-label': title + ', scrollable'}, table);
  const heads = titles => el('thead', {}, el('tr', {}, titles.map(([title, kind]) => el('th', {scope: 'col', class: kind || null}, title))));

  // ---- Header

  function header() {
    const fact = (title, value, note) => el('div', {}, el('dt', {}, title), el('dd', {}, value, note ? el('span', {class: 'note'}, note) : null));
    const missing = data.gaps.reduce((sum, gap) => sum + gap.missing, 0);
    const advised = data.runs.filter(run => run.advice);
    const asked = advised.filter(run => run.advice !== 'keep').length;
    return el('header', {},
      el('p', {class: 'eyebrow'}, 'Timeline · ', words(data.segmentation)),
      el('h1', {}, plural(data.runs.length, 'run'), ', ', data.events.length === 0 ? 'no event' : plural(data.events.length, 'event')),
      el('p', {class: 'lede'}, last === 0 ? `The only run is ${label(0)}, so there is nothing to compare yet.` : `From ${label(0)} to ${label(last)}.`),
      el('dl', {class: 'facts'},
        fact('Users', grouped(data.runs[last].users), last === 0 ? null : `in the last run; ${grouped(data.runs[0].users)} in the first one`),
        fact('Personas', grouped(personaIndexes.filter(p => data.personas[p].last === last).length), 'in the last run'),
        last === 0 ? null : fact('Missing runs', grouped(missing), missing ? 'dates without a run' : 'no run is missing'),
        last === 0 ? null : fact('Advice', advised.length ? `${grouped(asked)} of ${grouped(advised.length)}` : '–', 'runs advised a refit or a review')),
      el('nav', {'aria-label': 'Sections'}, SECTIONS.map(([id, title]) => el('a', {href: '#' + id}, title))));
  }

  // ---- Events

  function events() {
    const rows = [];
    const gaps = data.gaps.slice();
    const gapRows = run => {
      while (gaps.length && gaps[0].after < run) {
        const gap = gaps.shift();
        rows.push(el('tr', {class: 'gap'}, el('td', {class: 'number'}), el('td', {class: 'when'}, label(gap.after)), el('td', {class: 'kind'}, 'Gap'),
          el('td', {class: 'what'}, gap.missing === 1 ? 'The next run is missing.' : `The next ${grouped(gap.missing)} runs are missing.`)));
      }
    };
    data.events.forEach((event, i) => {
      gapRows(event.run);
      rows.push(el('tr', {}, el('td', {class: 'number'}, String(i + 1)), el('th', {class: 'when', scope: 'row'}, label(event.run)),
        el('td', {class: 'kind'}, KINDS[event.kind]), el('td', {class: 'what'}, sentence(event.text), '.')));
    });
    gapRows(last + 1);
    return section('events', 'Events', 'Changes that chance does not explain. Each event is in the first run that shows it.',
      data.events.length ? null : el('p', {class: 'quiet-year'}, 'No event: chance explains every change between these runs.'),
      rows.length ? wide('Events', el('table', {class: 'events'}, heads([['', 'number'], ['Run'], ['Event'], ['What happened']]), el('tbody', {}, rows))) : null);
  }

  // ---- Charts over time

  const redraw = [];
  /** The runs after which a run is missing. */
  const gapAfter = new Set(data.gaps.map(gap => gap.after));

  /** Returns the path of a line, which breaks if a value or a run is missing. */
  function path(values, atX, atY) {
    let steps = '';
    let drawn = false;
    values.forEach((value, run) => {
      if (value === null || value === undefined) { drawn = false; return; }
      steps += (drawn ? 'L' : 'M') + rounded(atX(page.places[run])) + ' ' + rounded(atY(value));
      // A single point becomes a line of length 0, which round ends draw as a dot.
      if (!drawn) steps += 'h0';
      drawn = !gapAfter.has(run);
    });
    return steps;
  }

  function shadeGaps(node, atX, top, bottom) {
    for (const run of gapAfter) {
      const from = atX(page.places[run]);
      const band = svg('rect', {class: 'missing-run', x: rounded(from), y: top, width: rounded(Math.max(1, atX(page.places[run + 1]) - from)), height: bottom - top});
      band.append(svg('title', {}, `no run between ${label(run)} and ${label(run + 1)}`));
      node.insertBefore(band, node.firstChild);
    }
  }

  const leftOf = axis => Math.max(...axis.ticks.map(t => t.label.length)) * 7 + 16;

  function sizes(width) {
    const height = Math.round(Math.max(260, Math.min(420, width * 0.42)));
    const top = 30;
    const {node, atX, atY} = frame({width, height, left: leftOf(page.users), right: 16, top, x: page.time, y: page.users,
      describe: 'Users of each persona over the runs. ' + personaIndexes.map(p => `${data.personas[p].persona}: ` + data.personas[p].users.filter(u => u !== null).map(u => grouped(u)).join(', ')).join('; ')});
    shadeGaps(node, atX, top, height - 30);
    const byRun = new Map();
    data.events.forEach((event, i) => byRun.set(event.run, [...(byRun.get(event.run) || []), i + 1]));
    // Numbers that would overlap go to a second row. If both rows are full, only the line is drawn.
    const ends = [-Infinity, -Infinity];
    for (const [run, numbers] of byRun) {
      const x = rounded(atX(page.places[run]));
      const text = numbers.length > 1 ? `${numbers[0]}–${numbers[numbers.length - 1]}` : String(numbers[0]);
      const half = 3.5 * text.length + 2;
      const row = ends.findIndex(end => x - half >= end);
      node.append(svg('line', {class: 'event-line', x1: x, x2: x, y1: top, y2: height - 30}));
      if (row < 0) continue;
      ends[row] = x + half;
      node.append(svg('text', {class: 'event-number', x, y: row ? 12 : 24, 'text-anchor': 'middle'}, text));
    }
    for (const p of personaIndexes) {
      const line = data.personas[p];
      node.append(svg('path', {class: 'line ' + color(p), d: path(line.users, atX, atY)}));
      for (const run of new Set([line.first, line.last])) {
        const outline = marks(outlines[p], 5, [[atX(page.places[run]), atY(line.users[run])]]);
        const end = svg('path', {class: 'end ' + color(p), d: outline});
        end.append(svg('title', {}, `${line.persona}: ${grouped(line.users[run])} users in ${label(run)}`));
        node.append(end);
      }
    }
    return node;
  }

  function drawn(draw, fallback) {
    const holder = el('div', {});
    redraw.push(() => holder.replaceChildren(draw(Math.max(260, holder.clientWidth || fallback))));
    return holder;
  }

  function sizeSection() {
    const lede = last === 0 ? 'The users of each persona in the only run.'
      : 'Users of each persona. A number refers to an event in the list above. A gray band marks a missing run.';
    const legend = el('ul', {class: 'legend'}, personaIndexes.map(p => el('li', {}, mark(p), name(p),
      el('span', {class: 'muted'}, data.personas[p].last === last ? grouped(data.personas[p].users[last]) : 'ended'))));
    return section('sizes', 'Sizes', lede, legend, last === 0 ? null : el('figure', {}, drawn(sizes, 1000)));
  }

  function panel(width, {values, reference, axis, kind, describe}) {
    const {node, atX, atY} = frame({width, height: 170, left: leftOf(axis), right: 14, x: page.time, y: axis, describe});
    shadeGaps(node, atX, 8, 140);
    node.append(svg('path', {class: 'line reference', d: path(reference, atX, atY)}), svg('path', {class: 'line ' + kind, d: path(values, atX, atY)}));
    return node;
  }

  function retention() {
    const compared = personaIndexes.filter(p => data.personas[p].retention.some(share => share !== null));
    if (!compared.length) return null;
    const figure = p => {
      const line = data.personas[p];
      const known = line.retention.map((share, run) => run).filter(run => line.retention[run] !== null);
      const run = known[known.length - 1];
      return el('figure', {}, el('h3', {}, mark(p), name(p)),
        drawn(width => panel(width, {values: line.retention, reference: line.resampledRetention, axis: page.retention, kind: color(p),
          describe: `Share of the users of ${line.persona} who stayed: ` + line.retention.map(percent).join(', ')}), 320),
        el('figcaption', {}, `${label(run)}: ${percent(line.retention[run])} stayed. Resampling alone gives ${percent(line.resampledRetention[run])}.`));
    };
    return section('retention', 'Who stayed',
      'Of the previous users of a persona who are still in the data, the share that stayed in the persona. The dashed line is the share that stays if the same users are resampled and clustered again. If the line is not below the dashed line, chance explains the change.',
      el('div', {class: 'panels'}, compared.map(figure)));
  }

  function drift() {
    const known = data.features.map((_, f) => f).filter(f => data.features[f].psi.some(psi => psi !== null));
    if (!known.length) return null;
    return section('drift', 'Distributions of the features',
      'The population stability index since the previous run. A person should look at values above the dashed line. The events also compare each run with an earlier reference run, so that slow drift shows.',
      el('div', {class: 'panels'}, known.map(f => el('figure', {}, el('h3', {}, words(data.features[f].name)),
        drawn(width => panel(width, {values: data.features[f].psi, reference: data.features[f].limit, axis: page.psi[f], kind: 'plain',
          describe: `PSI of ${data.features[f].name}: ` + data.features[f].psi.map(psi => psi === null ? '–' : grouped(psi, 2)).join(', ')}), 320)))));
  }

  // ---- Tables

  function flows() {
    if (!data.flows.length) return null;
    const row = flow => el('tr', {}, el('th', {scope: 'row'}, label(flow.run)), el('td', {}, mark(flow.from), ' ', name(flow.from)), el('td', {}, mark(flow.to), ' ', name(flow.to)),
      el('td', {class: 'n'}, grouped(flow.users)), el('td', {class: 'n'}, percent(flow.share)), el('td', {class: 'n'}, percent(flow.resampled)), el('td', {class: 'n'}, chance(flow.chance)));
    const table = rows => wide('Flows', el('table', {class: 'flows'}, heads([['Run'], ['From'], ['To'], ['Users', 'n'], ['Share', 'n'], ['Resampling', 'n'], ['Chance', 'n']]), el('tbody', {}, rows.map(row))));
    return section('flows', 'Flows',
      'Users who went from one persona to another, if they are at least 1% of the users of the first persona. The column Resampling shows the largest share that goes if the same users are resampled and clustered again. The column Chance shows the probability of at least this number of users at that share.',
      data.flows.length > 15 ? el('details', {}, el('summary', {}, plural(data.flows.length, 'flow')), table(data.flows)) : table(data.flows));
  }

  function runs() {
    const row = run => el('tr', {}, el('th', {scope: 'row'}, label(data.runs.indexOf(run))), el('td', {class: 'n'}, grouped(run.users)),
      el('td', {}, run.advice || '–'), el('td', {class: 'reason'}, run.reason ? words(run.reason) : '–'));
    const table = wide('Runs', el('table', {class: 'runs'}, heads([['Run'], ['Users', 'n'], ['Advice'], ['Reason']]), el('tbody', {}, data.runs.map(row))));
    return section('runs', 'Runs and their advice', 'The advice of each run, compared with its previous run.',
      data.runs.length > 15 ? el('details', {}, el('summary', {}, plural(data.runs.length, 'run')), table) : table);
  }

  const parts = [last === 0 ? null : events(), sizeSection(), last === 0 ? null : retention(), last === 0 ? null : drift(), flows(), runs()].filter(part => part);
  const SECTIONS = parts.map(part => [part.id, part.querySelector('h2').textContent]);
  const root = document.getElementById('page');
  document.title = 'Timeline · ' + plain(data.segmentation);
  root.append(el('a', {class: 'skip', href: '#main'}, 'Skip to the events'), header(), el('main', {id: 'main'}, parts),
    el('footer', {}, el('p', {}, data.program + ' · ', words(data.segmentation), ' · timeline.json holds the same numbers')));
  const drawAll = () => redraw.forEach(draw => draw());
  drawAll();
  addEventListener('beforeprint', () => { for (const more of document.querySelectorAll('details')) more.open = true; });
  let width = root.clientWidth;
  addEventListener('resize', () => {
    if (root.clientWidth === width) return;
    width = root.clientWidth;
    drawAll();
  });
})();
