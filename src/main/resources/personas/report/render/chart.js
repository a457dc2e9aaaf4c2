'use strict';
// Draws axes and paths as SVG. The JSON of the report holds the range, scale and ticks of each axis
// (Axis.java).
const Chart = (() => {
  const NS = 'http://www.w3.org/2000/svg';

  function svg(tag, attributes, ...children) {
    const node = document.createElementNS(NS, tag);
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    node.append(...children.filter(child => child !== null));
    return node;
  }

  /** Returns a power of two by which values are multiplied, so that no difference overflows. */
  const reduction = axis => Math.max(Math.abs(axis.min), Math.abs(axis.max)) > 2 ** 1020 ? 0.25 : 1;

  const scaled = (axis, value) =>
    axis.unit > 0 ? Math.log1p(value / axis.unit) : value * reduction(axis);

  /** Returns the position on an axis: 0 at the start, 1 at the end. Values outside move to an end. */
  function position(axis, value) {
    const from = scaled(axis, axis.min);
    const at = (scaled(axis, value) - from) / (scaled(axis, axis.max) - from);
    return Math.max(0, Math.min(1, at));
  }

  const rounded = n => Math.round(n * 10) / 10;

  /** Returns one path for many marks, which needs fewer nodes. */
  function marks(outline, radius, points) {
    const corners = outline.map(([x, y]) => [rounded(x * radius), rounded(y * radius)]);
    const steps = corners.map(([x, y], i) => i === 0 ? '' :
      'l' + rounded(x - corners[i - 1][0]) + ' ' + rounded(y - corners[i - 1][1])).join('');
    return points.map(([x, y]) =>
      'M' + rounded(x + corners[0][0]) + ' ' + rounded(y + corners[0][1]) + steps + 'z').join('');
  }

  /** Drops the ticks whose labels would touch. The first tick always stays. */
  function thinned(ticks, at, room) {
    let last = -Infinity;
    return ticks.filter(tick => {
      const keep = Math.abs(at(tick.at) - last) >= room;
      if (keep) last = at(tick.at);
      return keep;
    });
  }

  /** Returns a frame with both axes, and functions that give the position of a value. */
  function frame({width, height, left, right = 12, top = 8, bottom = 30, x, y, describe}) {
    const node = svg('svg', {class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': describe});
    const atX = value => left + position(x, value) * (width - left - right);
    const atY = value => height - bottom - position(y, value) * (height - top - bottom);
    const widest = x ? Math.max(...x.ticks.map(tick => tick.label.length)) * 7 + 12 : 0;
    for (const tick of x ? thinned(x.ticks, atX, widest) : []) {
      node.append(svg('line', {class: 'gridline', x1: rounded(atX(tick.at)), x2: rounded(atX(tick.at)), y1: top, y2: height - bottom}));
      node.append(svg('text', {x: rounded(atX(tick.at)), y: height - bottom + 17, 'text-anchor': 'middle', class: 'tick'}, tick.label));
    }
    for (const tick of y ? thinned(y.ticks, atY, 17) : []) {
      node.append(svg('line', {class: 'gridline', x1: left, x2: width - right, y1: rounded(atY(tick.at)), y2: rounded(atY(tick.at))}));
      node.append(svg('text', {x: left - 8, y: rounded(atY(tick.at)) + 4, 'text-anchor': 'end', class: 'tick'}, tick.label));
    }
    node.append(svg('line', {class: 'base', x1: left, x2: width - right, y1: height - bottom, y2: height - bottom}));
    return {node, atX, atY};
  }

  return {svg, position, marks, frame, rounded};
})();
