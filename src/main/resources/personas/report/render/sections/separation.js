'use strict';
// The section on separation: a scatter plot of the users in two features that the reader picks.
(() => {
  const {data, outlines, FORMATS, textAt, val, el, term, color, polygon, mark, name, personaIndexes, section, meanOf, onDraw} = Report;
  const {svg, frame, marks, rounded} = Chart;

  const view = {components: false, x: data.scatter.x, y: data.scatter.y === null ? -1 : data.scatter.y,
    logX: false, logY: false, hidden: new Set()};

  const axisOf = (f, log) => log && data.features[f].log ? data.features[f].log : data.features[f].linear;

  /** Returns a number between −0.5 and 0.5 for a point. The numbers of consecutive points fill the interval evenly. */
  const jitter = (i, step) => (i * step) % 1 - 0.5;
  const ACROSS = 0.7548776662;
  const ALONG = 0.5698402910;
  /** The part of the distance to the next value over which marks are spread. */
  const FILLED = 0.7;
  /** The maximum margin of an axis for spread marks, as a part of the axis. */
  const MOST_MARGIN = 0.2;
  /** The maximum width, in pixels, over which marks are spread on an axis without a margin: a logarithmic axis, or with privacy a continuous feature. */
  const NARROW = 14;

  /** Returns the distinct values in ascending order, without missing values. */
  const distinct = values => [...new Set(values)].filter(value => value !== null).sort((a, b) => a - b);
  /** Returns the smallest distance of two neighbors in ascending positions; infinite if there are no two. */
  const leastGap = positions => positions.slice(1).map((at, i) => at - positions[i]).filter(gap => gap > 0).reduce((a, b) => Math.min(a, b), Infinity);

  /** Returns the axis of a discrete feature with a margin. Two values become the ticks of the axis. */
  function axisWithMargin(axis, values, isYesNo) {
    const found = distinct(values);
    if (axis.unit > 0 || found.length < 2) return axis;
    const range = axis.max - axis.min;
    const margin = Math.min(FILLED / 2 * leastGap(found), MOST_MARGIN * range);
    // Near the largest number there is no room for a margin.
    if (![range, axis.min - margin, axis.max + margin].every(Number.isFinite)) return axis;
    const ticks = found.length > 2 ? axis.ticks : found.map(at => ({at, label: isYesNo ? ['no', 'yes'][Math.round(at)] : FORMATS.raw(at)}));
    return {...axis, min: axis.min - margin, max: axis.max + margin, ticks};
  }

  /** Returns the width over which marks with the same value are spread, in pixels. */
  function room({isDiscrete, axis, values}, toPixel) {
    if (!isDiscrete) return data.privacy ? Math.min(NARROW, leastGap(distinct(values).map(toPixel))) : 0;
    const gap = FILLED * leastGap(distinct(values).map(toPixel));
    const edge = axis.unit > 0 ? NARROW : 2 * MOST_MARGIN * Math.abs(toPixel(axis.max) - toPixel(axis.min)) / (1 + 2 * MOST_MARGIN);
    return Math.min(gap, edge);
  }

  /** Returns the values, the scale and the title of an axis. */
  function dimension(f, component, log) {
    const s = data.scatter;
    const k = data.personas.length;
    if (view.components) {
      const c = s.components;
      return {axis: c.axes[component], values: c.points[component], centroid: i => c.centroids[component][i],
        title: component === 0 ? 'First principal component' : 'Second principal component', isDiscrete: false};
    }
    if (f < 0) {
      const ticks = personaIndexes.map(i => ({at: k - 1 - i, label: String(i)}));
      return {axis: {min: -0.5, max: k - 0.5, unit: 0, ticks}, values: s.cluster.map(p => k - 1 - p), centroid: i => k - 1 - i, title: 'Persona', isDiscrete: true};
    }
    const {label, level, discrete} = data.features[f];
    const axis = axisOf(f, log);
    return {axis: discrete ? axisWithMargin(axis, s.raw[f], level !== undefined) : axis,
      values: s.raw[f], centroid: i => meanOf(i, f), title: label, isDiscrete: discrete};
  }

  /** Returns the positions and the personas of the visible marks. */
  function marksOf(x, y, atX, atY) {
    const dx = room(x, atX);
    const dy = room(y, value => -atY(value));
    return data.scatter.cluster.flatMap((persona, j) => x.values[j] === null || y.values[j] === null || view.hidden.has(persona) ? [] :
      [{persona, at: [atX(x.values[j]) + dx * jitter(j + 1, ACROSS), atY(y.values[j]) + dy * jitter(j + 1, ALONG)]}]);
  }

  // ---- Density for many users: a cell with more users is darker

  const MOST_MARKS = 2000;
  const isDense = data.scatter.cluster.length > MOST_MARKS;
  const CELL = 7;
  const SHADES = 5;
  /** A cell has the color of a persona that has this share of its users; otherwise it is gray. */
  const CLEAR = 2 / 3;

  /** Returns the hexagon that holds a position. */
  function hexagon([px, py]) {
    const width = Math.sqrt(3) * CELL;
    const height = 1.5 * CELL;
    let row = Math.round(py / height);
    let column = Math.round(px / width - (row & 1) / 2);
    const off = (r, c) => (px - (c + (r & 1) / 2) * width) ** 2 + (py - r * height) ** 2;
    for (const r of [row - 1, row + 1]) {
      const c = Math.round(px / width - (r & 1) / 2);
      if (off(r, c) < off(row, column)) [row, column] = [r, c];
    }
    return {key: row + ' ' + column, at: [(column + (row & 1) / 2) * width, row * height]};
  }

  const HEXAGON = [0, 1, 2, 3, 4, 5].map(i => [Math.sin(i * Math.PI / 3), Math.cos(i * Math.PI / 3)]);

  function density(node, users) {
    const cells = new Map();
    for (const {persona, at} of users) {
      const cell = hexagon(at);
      if (!cells.has(cell.key)) cells.set(cell.key, {at: cell.at, counts: new Map()});
      const counts = cells.get(cell.key).counts;
      counts.set(persona, (counts.get(persona) || 0) + 1);
    }
    const full = cell => [...cell.counts.values()].reduce((a, b) => a + b, 0);
    const most = Math.max(1, ...[...cells.values()].map(full));
    const layers = new Map();
    for (const cell of cells.values()) {
      const [persona, count] = [...cell.counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
      const shade = Math.max(1, Math.ceil(SHADES * Math.sqrt(full(cell) / most)));
      const key = (count >= CLEAR * full(cell) ? color(persona) : 'mixed') + ' shade-' + shade;
      if (!layers.has(key)) layers.set(key, []);
      layers.get(key).push(cell.at);
    }
    for (const [kind, positions] of [...layers].sort()) node.append(svg('path', {class: 'cells ' + kind, d: marks(HEXAGON, CELL, positions)}));
  }

  // ---- The names of personas beside the centroids

  const LINE = 15;

  /** Breaks a name into at most two lines. */
  function lines(text, most) {
    if (text.length <= most) return [text];
    const cut = text.lastIndexOf(' ', most);
    const first = text.slice(0, cut > most / 3 ? cut : most);
    const rest = text.slice(first.length).trim();
    return [first, rest.length > most ? rest.slice(0, most - 1) + '…' : rest];
  }

  /** Draws each name on the first free side of its centroid. Without a free side, it draws the number. */
  function labels(node, centers, width, bottom) {
    const occupied = centers.map(({at: [x, y]}) => ({x: x - 9, y: y - 9, w: 18, h: 18}));
    const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    for (const {persona, at: [x, y]} of centers) {
      const text = lines(textAt(`personas.${persona}.name`), width < 480 ? 18 : 30);
      const w = Math.max(...text.map(line => line.length)) * 7.2;
      const h = text.length * LINE;
      const sides = [[x + 13, y - h / 2, 'start'], [x - 13 - w, y - h / 2, 'end'], [x - w / 2, y - 13 - h, 'middle'], [x - w / 2, y + 13, 'middle']]
        .map(([left, top, anchor]) => ({x: left, y: top, w, h, anchor}));
      const box = sides.find(side => side.x >= 0 && side.x + w <= width && side.y >= 16 && side.y + h <= bottom && !occupied.some(other => overlaps(side, other)));
      if (box) occupied.push(box);
      const {x: left, y: top, anchor} = box || {x: x + 13, y: y - LINE / 2, anchor: 'start'};
      const from = !box || anchor === 'start' ? left : anchor === 'end' ? left + w : left + w / 2;
      node.append(svg('text', {class: 'direct', 'text-anchor': anchor}, ...(box ? text : [String(persona)])
        .map((line, n) => svg('tspan', {x: rounded(from), y: rounded(top + LINE * (n + 0.8))}, line))));
    }
  }

  function scatterPlot(width) {
    const x = dimension(view.x, 0, view.logX);
    const y = dimension(view.y, 1, view.logY);
    const centered = personaIndexes.filter(i => x.centroid(i) !== null && y.centroid(i) !== null);
    const describe = `Scatter plot of ${x.title} against ${y.title}. Centroids: ` +
      centered.map(i => `${data.personas[i].name} at ${FORMATS.raw(x.centroid(i))}, ${FORMATS.raw(y.centroid(i))}`).join('; ');
    const left = Math.max(...y.axis.ticks.map(t => t.label.length)) * 7 + 16;
    const height = Math.round(Math.min(560, Math.max(340, width * 0.6)));
    const {node, atX, atY} = frame({width, height, left, top: 26, bottom: 48, x: x.axis, y: y.axis, describe});
    const short = text => text.length > 60 ? text.slice(0, 59) + '…' : text;
    node.append(svg('text', {class: 'axis-title', x: width - 12, y: height - 8, 'text-anchor': 'end'}, short(x.title) + ' →'));
    node.append(svg('text', {class: 'axis-title', x: 0, y: 12}, '↑ ' + short(y.title)));
    const users = marksOf(x, y, atX, atY);
    if (isDense) density(node, users);
    const radius = data.scatter.cluster.length > 800 ? 2.6 : 3.6;
    for (const i of isDense ? [] : personaIndexes) {
      const points = users.filter(user => user.persona === i).map(user => user.at);
      node.append(svg('path', {class: `points ${color(i)}${view.hidden.has(i) ? ' dim' : ''}`, d: marks(outlines[i], radius, points)}));
    }
    const centers = centered.filter(i => !view.hidden.has(i)).map(i => ({persona: i, at: [atX(x.centroid(i)), atY(y.centroid(i))]}));
    for (const {persona, at} of centers) {
      node.append(svg('g', {class: 'centroid ' + color(persona), transform: `translate(${rounded(at[0])} ${rounded(at[1])})`}, svg('path', {d: polygon(outlines[persona], 8)})));
    }
    labels(node, centers, width, height - 48);
    return node;
  }

  function separation() {
    const holder = el('div', {id: 'scatter'});
    const draw = () => holder.replaceChildren(scatterPlot(Math.max(280, holder.clientWidth || 1056)));
    onDraw(draw);
    const options = () => data.features.map((_, i) => {
      const path = `features.${i}.label`;
      return el('option', {value: i, 'data-path': path, 'data-format': 'text'}, textAt(path));
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
      data.sample.points === data.run.users ? ' users are shown, which are all users.' : [' of ', val('run.users', 'count'), ' users are shown, evenly chosen.'],
      ...(data.privacy ? [' ', val('privacy.note')] : [])].flat();
    caption.append(...captionText());
    const toggles = personaIndexes.map(i => el('li', {}, el('button', {type: 'button', 'aria-pressed': 'true', class: 'toggle', onclick: event => {
      if (view.hidden.has(i)) view.hidden.delete(i); else view.hidden.add(i);
      event.currentTarget.setAttribute('aria-pressed', String(!view.hidden.has(i)));
      draw();
    }}, mark(i), el('span', {class: 'muted number', 'data-path': `personas.${i}.id`, 'data-format': 'count'}, String(i)), name(i))));
    const result = section('separation', 'Separation of the personas',
      isDense ? 'A darker cell holds more users. A cell is gray if no persona has two thirds of the users: in the two features of the picture, users of several personas are alike there.'
        : 'One mark is one user. Where colors mix, users of several personas are alike in the two features of the picture. Marks with equal values are moved apart a little.',
      el('div', {class: 'controls'},
        modes.length ? el('div', {class: 'segmented', role: 'group', 'aria-label': 'What the axes show'}, modes) : null,
        el('div', {class: 'axis'}, el('label', {}, 'Horizontal', pickX), el('label', {}, logX, 'log')),
        el('div', {class: 'axis'}, el('label', {}, 'Vertical', pickY), el('label', {}, logY, 'log'))),
      el('figure', {}, holder, caption),
      el('ul', {class: 'legend', 'aria-label': 'Show or hide a persona'}, toggles));
    update();
    return result;
  }

  Report.add({id: 'separation', tab: 'Separation', isShown: true, draw: separation});
})();
