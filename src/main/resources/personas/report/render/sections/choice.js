'use strict';
// The section on the number of personas: the stability of each k, and how segments split and merge.
(() => {
  const {data, definitions, FORMATS, textAt, val, el, term, color, section, onDraw} = Report;
  const {svg, frame, rounded} = Chart;

  const ANSWERS = {SEPARATE_GROUPS: 'Separate groups', USEFUL_SLICES: 'Useful slices', NO_STABLE_PARTITION: 'Not stable'};
  /** The metrics of the picture of stability. The table has no separate columns for them. */
  const SPREAD = ['stabilityLow', 'stabilityMedian', 'stabilityHigh'];
  const answerOf = candidate => el('bdi', {}, ANSWERS[candidate.answer] || '–');

  /** Returns the positions of the columns of both pictures, one column for each k. */
  function kColumns(width) {
    const candidates = data.kSelection.candidates;
    const left = 46;
    const step = (width - left - 20) / candidates.length;
    return {left, step, at: i => rounded(left + step * (i + 0.5))};
  }

  /** Draws the stability of each k: the line spans the bootstraps, and the mark is the median. */
  function stabilityPlot(width) {
    const k = data.kSelection;
    const columns = kColumns(width);
    const height = 210;
    const ticks = [0, 0.25, 0.5, k.stabilityLimit, 1].map(value => ({at: value, label: FORMATS.two(value)}));
    const {node, atY} = frame({width, height, left: columns.left, right: 20, top: 10, bottom: 24, x: null, y: {min: 0, max: 1, unit: 0, ticks},
      describe: 'Stability of each number of personas: ' + k.candidates.map((c, i) =>
        `${c.k}: ${textAt(`kSelection.candidates.${i}.stabilityLow`, 'two')} to ${textAt(`kSelection.candidates.${i}.stabilityHigh`, 'two')}`).join('; ')});
    node.append(svg('line', {class: 'limit', x1: columns.left, x2: width - 20, y1: rounded(atY(k.stabilityLimit)), y2: rounded(atY(k.stabilityLimit))}));
    k.candidates.forEach((candidate, i) => {
      const x = columns.at(i);
      node.append(svg('text', {class: candidate.k === k.chosen ? 'tick chosen-k' : 'tick', x, y: height - 7, 'text-anchor': 'middle'}, FORMATS.count(candidate.k)));
      if (candidate.stabilityLow === null) return;
      const y = value => rounded(atY(value));
      const group = svg('g', {class: 'k-mark ' + (candidate.answer || '').toLowerCase() + (candidate.k === k.chosen ? ' taken' : '')},
        svg('title', {}, `${FORMATS.count(candidate.k)}: ${ANSWERS[candidate.answer] || ''}, ${FORMATS.two(candidate.stabilityLow)} – ${FORMATS.two(candidate.stabilityHigh)}`),
        svg('path', {class: 'spread', d: `M${x} ${y(candidate.stabilityLow)}V${y(candidate.stabilityHigh)}M${x - 4} ${y(candidate.stabilityLow)}h8M${x - 4} ${y(candidate.stabilityHigh)}h8`}),
        candidate.answer === 'SEPARATE_GROUPS' ? svg('rect', {x: x - 5, y: y(candidate.stabilityMedian) - 5, width: 10, height: 10})
          : svg('circle', {cx: x, cy: y(candidate.stabilityMedian), r: 5}));
      node.append(group);
    });
    return node;
  }

  /** Draws the segments of each k, and the users that two segments of neighboring k share. */
  function segmentTree(width) {
    const {levels, users} = data.kSelection.tree;
    const columns = kColumns(width);
    const most = Math.max(...levels.map(level => level.k));
    const gap = Math.max(2, Math.min(10, 60 / most));
    const height = 320;
    const scale = (height - 16 - gap * (most - 1)) / users;
    const half = Math.max(3, Math.min(9, columns.step / 7));
    const node = svg('svg', {class: 'chart tree', viewBox: `0 0 ${width} ${height + 22}`, role: 'img',
      'aria-label': 'How segments split and merge: ' + levels.map(level => `${level.k}: ` + level.users.map(n => FORMATS.percent(n / users)).join(', ')).join('; ')});
    const tops = levels.map(level => {
      let y = 8 + (height - 16 - scale * users - gap * (level.k - 1)) / 2;
      return level.users.map(n => {
        const top = y;
        y += n * scale + gap;
        return top;
      });
    });
    levels.slice(1).forEach((level, before) => {
      const x0 = columns.at(before) + half;
      const x1 = columns.at(before + 1) - half;
      const middle = rounded((x0 + x1) / 2);
      const out = [...tops[before]];
      const into = [...tops[before + 1]];
      level.from.forEach((row, a) => row.forEach((n, b) => {
        if (!n) return;
        const [y0, y1, thick] = [rounded(out[a]), rounded(into[b]), rounded(n * scale)];
        out[a] += n * scale;
        into[b] += n * scale;
        node.append(svg('path', {class: 'flow', d: `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}v${thick}C${middle} ${rounded(y1 + thick)} ${middle} ${rounded(y0 + thick)} ${x0} ${rounded(y0 + thick)}z`},
          svg('title', {}, FORMATS.count(n))));
      }));
    });
    levels.forEach((level, l) => {
      level.users.forEach((n, s) => {
        const persona = level.ids ? data.personas.findIndex(candidate => candidate.id === level.ids[s]) : -1;
        node.append(svg('rect', {class: 'segment ' + (persona < 0 ? '' : color(persona)), x: columns.at(l) - half, width: rounded(2 * half), y: rounded(tops[l][s]), height: Math.max(1, rounded(n * scale))},
          svg('title', {}, (persona < 0 ? '' : data.personas[persona].name + ': ') + FORMATS.percent(n / users))));
      });
      node.append(svg('text', {class: level.ids ? 'tick chosen-k' : 'tick', x: columns.at(l), y: height + 15, 'text-anchor': 'middle'}, FORMATS.count(level.k)));
    });
    return node;
  }

  function choice() {
    const k = data.kSelection;
    const columns = k.metrics.filter(metric => !SPREAD.includes(metric.id));
    const spread = i => [SPREAD[0], SPREAD[2]].map(key => val(`kSelection.candidates.${i}.${key}`, 'two'));
    const terms = columns.filter(({id}) => id !== 'stability' && definitions.has(id)).flatMap(({id, title}, i) => [i ? ', ' : '', term(id, title)]);
    const figure = (draw, title, note) => {
      const holder = el('div', {class: 'wide k-figure'});
      onDraw(() => holder.replaceChildren(draw(Math.max(40 * k.candidates.length + 66, Math.min(860, holder.clientWidth || 320)))));
      return el('figure', {}, el('h3', {}, title), el('p', {class: 'muted'}, note), holder);
    };
    const measured = k.candidates.some(candidate => candidate.stabilityLow !== null);
    return section('choice', 'How many personas', null,
      k.meaning ? el('p', {class: 'lede answer'}, el('b', {}, ANSWERS[k.answer], '. '), val('kSelection.meaning')) : null,
      el('p', {}, val('kSelection.reason')),
      measured ? figure(stabilityPlot, [term('stability', 'Stability'), ' of each number of personas'],
        ['How well other samples of the users reproduce the least stable persona. The vertical line spans nearly all samples, and the mark is the median. The dashed line is the limit of a stable partition. ',
          'A square means separate groups, a filled circle useful slices, and an open circle not stable.']) : null,
      k.tree ? figure(segmentTree, 'How the segments split and merge',
        ['Each column is a number of personas, and each bar is a segment. A band shows the users that two segments share. The picture counts ', val('kSelection.tree.users', 'count'),
          k.tree.whole ? ' users, which are all users.' : ' evenly chosen users.', ' The personas of this report are colored.']) : null,
      el('p', {class: 'muted'}, 'The table also shows: ', terms, '.'),
      el('details', {}, el('summary', {}, 'As a table'),
        el('div', {class: 'wide'}, el('table', {class: 'choices'},
          el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'k'), el('th', {scope: 'col'}, 'Answer'), el('th', {scope: 'col', class: 'n'}, 'Range of stability'),
            columns.map(metric => el('th', {scope: 'col', class: 'n'}, metric.title)))),
          el('tbody', {}, k.candidates.map((candidate, i) => el('tr', {class: candidate.k === k.chosen ? 'chosen' : ''},
            el('th', {scope: 'row'}, val(`kSelection.candidates.${i}.k`, 'count'), candidate.k === k.chosen ? ' (chosen)' : ''),
            el('td', {}, answerOf(candidate)),
            el('td', {class: 'n'}, spread(i)[0], ' – ', spread(i)[1]),
            columns.map(({id, format}) => el('td', {class: 'n'}, val(`kSelection.candidates.${i}.${id}`, format))))))))));
  }

  Report.add({id: 'choice', tab: 'How many', isShown: data.kSelection.candidates.length > 0, draw: choice});
})();
