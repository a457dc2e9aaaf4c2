'use strict';
// The section on distributions: a histogram of each column, for each persona and for all users.
(() => {
  const {data, outlines, textAt, val, el, color, polygon, mark, name, unit, missing, personaIndexes, section, meanOf, onDraw, drawAll, tiling, FORMATS} = Report;
  const {svg, frame, rounded} = Chart;

  const ROW = 36;
  const MOST_LEVELS = 8;

  /**
   * Draws one row per persona: the mark, the histogram of the persona, and the histogram of all users.
   * `personaPath` and `allUsersPath` return the path of a histogram that stands on a base line, or null for no histogram.
   */
  function rows(node, width, personaPath, allUsersPath) {
    personaIndexes.forEach((i, row) => {
      const base = 12 + ROW * (row + 1);
      node.append(svg('line', {class: 'gridline', x1: 24, x2: width - 6, y1: base, y2: base}));
      const steps = personaPath(i, base);
      if (steps) {
        node.append(svg('path', {class: 'ridge ' + color(i), d: steps}));
        node.append(svg('path', {class: 'everybody', d: allUsersPath(base)}));
      }
      node.append(svg('g', {class: 'mark ' + color(i), transform: `translate(8 ${base - 9})`}, svg('path', {d: polygon(outlines[i], 5)})));
    });
    return node;
  }

  /** Draws the histograms of a column of numbers. */
  function ridge(width, f) {
    const distribution = data.distributions[f];
    const axis = distribution.log ? data.features[f].log : data.features[f].linear;
    const height = 12 + ROW * personaIndexes.length + 26;
    const medians = personaIndexes.map(i => `${data.personas[i].name} ${textAt(`personas.${i}.median.${f}`, 'raw')}`).join('; ');
    const {node, atX} = frame({width, height, left: 24, right: 6, top: 12, bottom: 26, x: axis, y: null,
      describe: `Distribution of ${data.features[f].label}. Median of all users ${textAt(`features.${f}.median`, 'raw')}; ${medians}`});
    const shares = distribution.personas.flat().concat(distribution.all);
    const most = shares.length ? Math.max(...shares) : 1;
    const path = (heights, base) => {
      let steps = `M${rounded(atX(distribution.edges[0]))} ${base}`;
      heights.forEach((share, b) => {
        const y = rounded(base - share / most * (ROW - 5));
        steps += `V${y}H${rounded(atX(distribution.edges[b + 1]))}`;
      });
      return steps + `V${base}`;
    };
    return rows(node, width, (i, base) => distribution.personas[i].length ? path(distribution.personas[i], base) + 'z' : null,
      base => path(distribution.all, base));
  }

  // ---- A category or a boolean has a bar for each level

  /** Returns the levels of a column with the shares of all users and of each persona, the most frequent level first. */
  function levels(features) {
    const levelOf = f => ({text: data.features[f].level, all: meanOf(null, f), personas: personaIndexes.map(i => meanOf(i, f))});
    const found = features.map(levelOf);
    if (found.length === 1) {
      const complement = share => share === null ? null : 1 - share;
      return [...found, {text: 'no', all: complement(found[0].all), personas: found[0].personas.map(complement)}];
    }
    found.sort((a, b) => b.all - a.all);
    const rest = found.slice(MOST_LEVELS);
    if (!rest.length) return found;
    const sum = shares => shares.reduce((total, share) => share === null ? null : total + share, 0);
    return [...found.slice(0, MOST_LEVELS), {text: 'other texts', all: sum(rest.map(level => level.all)), personas: personaIndexes.map(i => sum(rest.map(level => level.personas[i])))}];
  }

  /** Draws the bars of a category or a boolean. */
  function bands(width, title, features) {
    const shownLevels = levels(features);
    const height = 12 + ROW * personaIndexes.length + 26;
    const share = value => value === null ? '–' : FORMATS.percent(value);
    const {node} = frame({width, height, left: 24, right: 6, top: 12, bottom: 26, x: null, y: null,
      describe: `Shares of ${title}. ` + shownLevels.map(level => `${level.text}: all users ${share(level.all)}; ` +
        personaIndexes.map(i => `${data.personas[i].name} ${share(level.personas[i])}`).join('; ')).join('. ')});
    const step = (width - 30) / shownLevels.length;
    const room = Math.max(2, Math.floor((step - 6) / 6.4));
    shownLevels.forEach((level, b) => {
      const text = level.text.length > room ? level.text.slice(0, room - 1) + '…' : level.text;
      node.append(svg('text', {class: 'tick', x: rounded(24 + step * (b + 0.5)), y: height - 9, 'text-anchor': 'middle'}, text, svg('title', {}, level.text)));
    });
    const most = Math.max(...shownLevels.flatMap(level => [level.all || 0, ...level.personas.map(value => value || 0)]), 0.01);
    const pad = Math.min(10, step * 0.14);
    const path = (heights, base) => heights.map((value, b) =>
      `M${rounded(24 + step * b + pad)} ${base}V${rounded(base - (value || 0) / most * (ROW - 5))}H${rounded(24 + step * (b + 1) - pad)}V${base}`).join('');
    return rows(node, width, (i, base) => data.personas[i].users > 0 ? path(shownLevels.map(level => level.personas[i]), base) : null,
      base => path(shownLevels.map(level => level.all), base));
  }

  function figure(column, c) {
    const f = column.features[0];
    const isCategory = data.features[f].level !== undefined;
    const holder = el('div', {});
    const draw = width => isCategory ? bands(width, column.label, column.features) : ridge(width, f);
    onDraw(() => holder.replaceChildren(draw(Math.max(240, holder.clientWidth || 320))));
    const title = val(`importance.${c}.label`);
    return el('figure', {}, el('h3', {}, title, isCategory ? null : unit(f),
      !isCategory && data.distributions[f].log ? el('span', {class: 'muted'}, ' (log)') : null, missing(`features.${f}.missing`)), holder);
  }

  function distributions() {
    // With many columns, only the most important ones are open.
    const figures = data.importance.map(figure);
    const first = figures.length > 12 ? 9 : figures.length;
    const grid = tiles => el('div', {class: 'ridges ' + tiling(tiles.length)}, tiles);
    const others = first < figures.length ? el('details', {ontoggle: drawAll}, el('summary', {},
      'The other ', el('span', {}, String(figures.length - first)), ' columns'), grid(figures.slice(first))) : null;
    return section('distributions', 'Personas compared with all users',
      'The share of users per value or text. The filled shape is the persona, and the line is all users. Axes marked log are logarithmic. The columns that distinguish the personas best come first.',
      el('ul', {class: 'legend'}, personaIndexes.map(i => el('li', {}, mark(i), name(i))), el('li', {}, el('span', {class: 'key-all'}), 'All users')),
      grid(figures.slice(0, first)), others);
  }

  Report.add({id: 'distributions', tab: 'Distributions', isShown: data.importance.length > 0, draw: distributions});
})();
