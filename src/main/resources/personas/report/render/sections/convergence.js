'use strict';
// The section on convergence: the figures of each pass over the users.
(() => {
  const {data, FORMATS, val, el, term, section, onDraw} = Report;
  const {svg, frame, rounded} = Chart;

  /** With fewer passes, the section shows only a sentence. */
  const LEAST_PASSES = 3;

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
    const places = points.map(p => [rounded(atX(p.iteration)), rounded(atY(p[key]))]);
    node.append(svg('path', {class: 'trace', d: places.map((p, i) => (i ? 'L' : 'M') + p.join(' ')).join('')}));
    for (const [cx, cy] of places) node.append(svg('circle', {class: 'trace-dot', cx, cy, r: last > 40 ? 1.5 : 3}));
    return node;
  }

  function convergence() {
    const c = data.convergence;
    const panel = (key, axis, title, heading) => {
      const holder = el('div', {});
      onDraw(() => holder.replaceChildren(trace(Math.max(240, holder.clientWidth || 320), key, axis, title)));
      return el('figure', {}, el('h3', {}, heading), holder);
    };
    const row = (pass, i) => el('tr', {},
      el('th', {scope: 'row'}, val(`convergence.passes.${i}.iteration`, 'count')),
      el('td', {class: 'n'}, val(`convergence.passes.${i}.inertia`, 'raw')),
      el('td', {class: 'n'}, val(`convergence.passes.${i}.largestShift`, 'raw')),
      el('td', {class: 'n'}, val(`convergence.passes.${i}.changed`, 'count')));
    if (c.passes.length < LEAST_PASSES) return section('convergence', 'Convergence', val('convergence.sentence'));
    return section('convergence', 'Convergence', [val('convergence.sentence'), ' Each point is one pass over all users.'],
      el('div', {class: 'panels'},
        panel('inertia', c.inertia, 'Inertia', [term('inertia', 'Inertia')]),
        panel('largestShift', c.shift, 'Largest shift', [term('shift', 'Largest shift'), c.shift.unit > 0 ? ' (log)' : null]),
        panel('changed', c.changed, 'Users who changed persona', ['Users who changed persona'])),
      el('details', {}, el('summary', {}, 'As a table'),
        el('div', {class: 'wide'}, el('table', {},
          el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Pass'), el('th', {scope: 'col', class: 'n'}, 'Inertia'),
            el('th', {scope: 'col', class: 'n'}, 'Largest shift'), el('th', {scope: 'col', class: 'n'}, 'Users who changed persona'))),
          el('tbody', {}, c.passes.map(row))))));
  }

  Report.add({id: 'convergence', tab: 'Convergence', isShown: true, draw: convergence});
})();
