'use strict';
// The section on changes since the previous run.
(() => {
  const {data, val, el, term, color, mark, clamped, name, label, section, optional, indexOfPersona} = Report;

  function changes() {
    const lede = [el('b', {}, val('drift.advice', 'sentence')), ': ', val('drift.reason'), '. ', val('drift.usersBefore', 'count'), ' users in the previous run, ', val('drift.usersNow', 'count'), ' users now.'];
    return section('changes', 'What changed since the previous run', lede, changedPersonas(), migration(), held(), stability());
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
      const tone = retired ? '' : color(indexOfPersona(persona.id));
      return el('tr', {class: retired ? 'muted' : ''},
        el('td', {}, val(base + 'id', 'count')),
        el('th', {scope: 'row'}, retired ? null : mark(indexOfPersona(persona.id)), ' ', clamped(base + 'persona'),
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
    return el('div', {class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Personas in both runs, scrollable'},
      el('table', {class: 'changes'},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Id'), el('th', {scope: 'col'}, 'Persona'),
          el('th', {scope: 'col'}, term('change', 'Change')), el('th', {scope: 'col', class: 'n'}, 'Shift, standard deviations'),
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
    const why = m.changedByUsers === undefined ? '.' : [': ', val(base + 'changedByUsers', 'count'),
      ' because ', term('cause', 'users moved'), ', ', val(base + 'changedByCentroids', 'count'), ' because centroids moved.'];
    return el('figure', {class: 'migration'},
      el('h3', {}, term('migration', 'Who went where')),
      el('div', {class: m.columns.length > 7 ? 'heat many' : 'heat', tabindex: '0', role: 'region', 'aria-label': 'Who went where, scrollable'}, el('table', {},
        el('thead', {}, el('tr', {}, el('td', {class: 'corner'}), m.columns.map((id, j) => el('th', {scope: 'col'}, mark(indexOfPersona(id)), val(`${base}columns.${j}`, 'count'), ' ', name(indexOfPersona(id)))),
          el('th', {scope: 'col'}, 'Left'), el('th', {scope: 'col'}, 'Before'))),
        el('tbody', {}, m.rows.map(row),
          el('tr', {}, el('th', {scope: 'row'}, 'Came'), m.joined.map((count, j) => cell(`${base}joined.${j}`, count, m.joiners)), el('td', {}), el('td', {class: 'sum'}))))),
      el('figcaption', {}, val(base + 'stayed', 'count'), ' users stayed in their persona, ', val(base + 'changed', 'count'), ' changed persona', why,
        ' ', val(base + 'joiners', 'count'), ' came, ', val(base + 'leavers', 'count'), ' left.'));
  }

  function held() {
    if (!data.stickiness) return null;
    return el('p', {}, val('stickiness.heldUsers', 'count'), ' users keep their previous persona although another centroid is nearer: the difference is at most the margin of ',
      val('stickiness.margin', 'two'), '. Therefore the inertia is ', val('stickiness.inertia', 'count'), ' instead of ', val('stickiness.freeInertia', 'count'), '.');
  }

  function stability() {
    return el('figure', {class: 'psi'},
      el('h3', {}, 'Distributions of the features'),
      el('table', {},
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Feature'), el('th', {scope: 'col', class: 'n'}, term('psi', 'PSI')), el('th', {scope: 'col', class: 'n'}, 'Chance'))),
        el('tbody', {}, data.drift.features.map((feature, f) => el('tr', {}, el('th', {scope: 'row'}, label(f)),
          el('td', {class: 'n'}, optional(`drift.features.${f}.psi`, 'two')), el('td', {class: 'n'}, optional(`drift.features.${f}.chance`, 'two')))))));
  }

  Report.add({id: 'changes', tab: 'What changed', isShown: Boolean(data.drift), draw: changes});
})();
