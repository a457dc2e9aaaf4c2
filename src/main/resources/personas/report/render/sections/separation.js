'use strict';
// The users as marks in a plane that the reader picks.
(() => {
  const {data, outlines, FORMATS, shown, val, el, term, colour, polygon, mark, name, ids, section, onDraw} = Report;
  const {svg, frame, marks, place} = Chart;

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
    onDraw(draw);
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

  Report.add({id: 'separation', tab: 'Separation', isShown: true, draw: separation});
})();
