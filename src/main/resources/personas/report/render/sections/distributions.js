'use strict';
// The values of each persona against those of all users.
(() => {
  const {data, outlines, shown, el, colour, polygon, mark, name, label, unit, missing, ids, section, onDraw, drawAll} = Report;
  const {svg, frame, place} = Chart;

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
      onDraw(() => holder.replaceChildren(ridge(Math.max(240, holder.clientWidth || 320), f)));
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

  Report.add({id: 'distributions', tab: 'Distributions', isShown: true, draw: distributions});
})();
