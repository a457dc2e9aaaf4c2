'use strict';
// Builds the page: the first screen, the sections, the footer and the tooltips.
(() => {
  const {data, FORMATS, val, el, term, color, mark, name, personaIndexes, warnings, drawAll, sections} = Report;

  function header(chapters) {
    const fact = (title, value, note) =>
      el('div', {}, el('dt', {}, title), el('dd', {}, value, note ? el('span', {class: 'note'}, note) : null));
    const converged = data.run.status === 'CONVERGED';
    const isSingle = data.personas.length === 1;
    const findings = warnings(true);
    const bar = el('div', {class: 'bar', 'aria-hidden': 'true'}, personaIndexes.map(i => {
      const part = el('span', {class: color(i)});
      part.style.flexGrow = data.personas[i].share;
      return part;
    }));
    return el('header', {},
      el('p', {class: 'eyebrow'}, 'Segment report · ', val('run.spec')),
      el('h1', {}, val('run.users', 'count'), data.run.users === 1 ? ' user in ' : ' users in ',
        el('span', {'data-path': 'personas.length', 'data-format': 'count'}, FORMATS.count(data.personas.length)),
        isSingle ? ' persona' : ' personas'),
      data.run.description ? el('p', {class: 'lede'}, val('run.description')) : null,
      bar,
      el('ul', {class: 'overview'}, personaIndexes.map(i => el('li', {},
        el('span', {class: 'who'}, mark(i), el('b', {}, name(i))), el('span', {class: 'n'}, val(`personas.${i}.share`, 'percent')),
        el('span', {}, val(`personas.${i}.summary`), data.personas[i].strategy ? el('span', {class: 'todo'}, '→ ', val(`personas.${i}.strategy`)) : null)))),
      el('div', {class: 'decide'},
        data.decision ? el('div', {class: 'actions', role: 'note', 'aria-labelledby': 'actions-title'},
          el('h2', {id: 'actions-title'}, 'What to do'),
          el('ul', {}, data.decision.actions.map((_, i) => el('li', {}, val(`decision.actions.${i}`))))) : null,
        data.decision || findings.length ? el('div', {class: findings.length ? 'warnings' : 'warnings none', role: 'note', 'aria-labelledby': 'warnings-title'},
          el('h2', {id: 'warnings-title'}, 'Before you use these segments'),
          data.decision ? el('p', {}, val('decision.verdict')) : null,
          findings.length ? el('ul', {}, findings) : null) : null),
      el('dl', {class: 'facts'},
        fact('Status', converged ? 'Converged' : 'Not converged',
          ['After ', val('run.iterations', 'count'), data.run.iterations === 1 ? ' iteration. ' : ' iterations. ', val('run.statusMeaning')]),
        fact(term('explained', 'Variance explained'), val('run.explained', 'percent'), 'of the differences between users'),
        fact(term('silhouette', 'Silhouette'), val('run.silhouette', 'two'), 'from −1 (mixed) to 1 (apart)'),
        data.drift ? fact('Since the previous run', val('drift.advice', 'sentence'), val('drift.reason')) : null,
        fact('Rejected records', val('ledger.rejected', 'count'), ['of ', val('ledger.read', 'count'), ' records']),
        fact('Date of the data', data.run.dataDate ? val('run.dataDate') : 'Not given', data.run.dataDate ? null : '--dataDate sets it')),
      el('nav', {'aria-label': 'Sections'}, chapters.map(chapter => el('a', {href: '#' + chapter.id}, chapter.tab)), el('a', {href: '#slides'}, 'One slide per persona')));
  }

  function footer() {
    return el('footer', {}, el('p', {}, val('program'), ' · ', val('run.spec'), ' · spec ', val('run.specDigest'), ' · seed ', val('run.seed'),
      ' · inertia ', val('run.inertia', 'raw'), ' · report.json holds the same numbers'));
  }

  // ---- One tooltip element for pointer and keyboard.

  function tooltips(page) {
    const tip = el('div', {id: 'tip', role: 'tooltip', hidden: ''});
    document.body.append(tip);
    const show = target => {
      tip.textContent = target.dataset.tip;
      tip.hidden = false;
      const targetBox = target.getBoundingClientRect();
      const tipBox = tip.getBoundingClientRect();
      const x = Math.max(12, Math.min(targetBox.left + targetBox.width / 2 - tipBox.width / 2, document.documentElement.clientWidth - tipBox.width - 12));
      const above = targetBox.top - tipBox.height - 8;
      tip.style.left = x + scrollX + 'px';
      tip.style.top = (above > 8 ? above : targetBox.bottom + 8) + scrollY + 'px';
      target.setAttribute('aria-describedby', 'tip');
    };
    const hide = () => { tip.hidden = true; };
    const find = event => event.target.closest ? event.target.closest('[data-tip]') : null;
    for (const type of ['mouseover', 'focusin']) page.addEventListener(type, event => { const t = find(event); if (t) show(t); else hide(); });
    for (const type of ['mouseleave', 'focusout']) page.addEventListener(type, hide);
    document.addEventListener('keydown', event => { if (event.key === 'Escape') hide(); });
  }

  const page = document.getElementById('page');
  document.title = 'Segment report · ' + data.run.spec;
  const chapters = sections.filter(section => section.isShown);
  const main = el('main', {id: 'main'}, chapters.map(chapter => chapter.draw()));
  page.append(el('a', {class: 'skip', href: '#main'}, 'Skip to the personas'), header(chapters), main, footer());
  tooltips(page);
  drawAll();

  // ---- The view #slides shows only the cards. In print, each card is a page: one slide per persona.

  const slides = el('p', {class: 'slides-bar'}, 'One slide per persona. Print this page, or ', el('a', {href: '#main'}, 'go back to the report'), '.');
  const showSlides = () => {
    const on = location.hash === '#slides';
    document.body.classList.toggle('slides', on);
    if (on) page.prepend(slides);
    else slides.remove();
    if (on) scrollTo(0, 0);
    else drawAll();
  };
  addEventListener('hashchange', showSlides);
  showSlides();

  addEventListener('beforeprint', () => { for (const more of document.querySelectorAll('details')) more.open = true; });
  let width = page.clientWidth;
  addEventListener('resize', () => {
    if (page.clientWidth === width) return;
    width = page.clientWidth;
    drawAll();
  });
})();
