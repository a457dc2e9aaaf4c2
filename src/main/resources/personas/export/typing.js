'use strict';
// Builds the typing tool: a form that gives the persona of one user.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const outlines = JSON.parse(document.getElementById('marks').textContent);
  const COLORS = 12;
  const MOST = 1e15;
  const {inputs, scores} = data.tool;

  // ---- The score of each persona: the operations of the Java class TypingTool in the same order.

  const least = input => Math.max(-MOST, input.min ?? -MOST);
  const most = input => Math.min(MOST, input.max ?? MOST);

  /** Returns whether the tool accepts a value, which is null for an empty field. */
  function accepts(input, value) {
    if (value === null) return !input.required;
    if (input.kind === 'number') return value >= least(input) && value <= most(input) && (input.transform !== 'log1p' || value > -1);
    return Number.isInteger(value) && value >= 0 && value < (input.kind === 'yesNo' ? 2 : input.levels.length);
  }

  function transformed(input, value) {
    let number = value === null ? input.missing : value;
    if (input.lower !== undefined) number = Math.max(input.lower, number);
    if (input.upper !== undefined) number = Math.min(input.upper, number);
    return input.transform === 'log1p' ? Math.log(1 + number) : number;
  }

  function score(persona, values) {
    let sum = scores[persona].constant;
    inputs.forEach((input, i) => {
      const weights = scores[persona].weights[i];
      sum += input.kind === 'level'
        ? weights[values[i] === null ? weights.length - 1 : values[i]]
        : weights[0] * transformed(input, values[i]);
    });
    return sum;
  }

  /** Returns the index of the persona of a user; -1 if a value is not accepted. */
  function persona(values) {
    if (!inputs.every((input, i) => accepts(input, values[i]))) return -1;
    let best = 0;
    let highest = score(0, values);
    for (let j = 1; j < scores.length; j++) {
      const next = score(j, values);
      if (next > highest) {
        best = j;
        highest = next;
      }
    }
    return best;
  }

  // ---- Words

  const grouped = number => String(number).replace(/^-?\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ','));
  const percent = share => share === undefined || share === null ? '–' : (100 * share).toFixed(1) + '%';
  const plain = text => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  /** Returns the label of an input. The name of a column becomes words. */
  function label(input) {
    const words = plain(input.label === input.column ? input.column.replace(/_+/g, ' ').trim() : input.label);
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  const name = j => plain(data.personas[j].persona);

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
      else if (value !== null) node.setAttribute(key, value);
    }
    node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
    return node;
  }

  function svg(tag, attributes, ...children) {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  const color = j => 'p' + j % COLORS;

  function mark(j) {
    return svg('svg', {class: 'mark ' + color(j), viewBox: '-1.5 -1.5 3 3', 'aria-hidden': 'true'},
      svg('path', {d: 'M' + outlines[j].map(corner => corner.join(' ')).join('L') + 'z'}));
  }

  function meter(share) {
    return el('div', {class: 'meter-line', 'aria-hidden': 'true'},
      svg('svg', {viewBox: '0 0 100 8', preserveAspectRatio: 'none'}, svg('path', {d: `M0 0H${(100 * share).toFixed(2)}V8H0z`})));
  }

  // ---- The form. A field reads its value: a number, null if the field is empty, or a message if the value is wrong.

  function range(input) {
    const from = input.min === undefined ? null : grouped(input.min);
    const to = input.max === undefined ? null : grouped(input.max);
    return from !== null && to !== null ? `from ${from} to ${to}` : from !== null ? `at least ${from}` : to !== null ? `at most ${to}` : null;
  }

  function whatEmptyMeans(input) {
    if (input.required) return null;
    return input.kind === 'level' ? 'You can leave this open.'
      : input.kind === 'yesNo' ? `You can leave this open, which counts as ${input.missing >= 0.5 ? 'yes' : 'no'}.`
      : `You can leave this empty, which counts as ${Number(input.missing.toPrecision(3))}.`;
  }

  function numberField(input, i) {
    const id = 'input-' + i;
    const allowed = range(input);
    const usual = [allowed === null ? null : allowed.charAt(0).toUpperCase() + allowed.slice(1) + '.', whatEmptyMeans(input)].filter(words => words !== null).join(' ');
    const hint = el('div', {class: 'hint', id: id + '-hint'}, usual);
    const box = el('input', {type: 'text', inputmode: 'decimal', autocomplete: 'off', id, 'aria-describedby': id + '-hint', oninput: show});
    function read() {
      const text = box.value.trim().replace('−', '-');
      if (text === '') return null;
      const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
      if (Number.isNaN(value)) return text.includes(',') ? 'Write the number with a decimal point and without commas, like 1250.5.' : 'This is not a number.';
      return accepts(input, value) ? value : allowed === null ? 'This number is out of range.' : `The number must be ${allowed}.`;
    }
    function say(value) {
      const isWrong = typeof value === 'string';
      box.setAttribute('aria-invalid', String(isWrong));
      hint.classList.toggle('wrong', isWrong);
      hint.textContent = isWrong ? value : usual;
    }
    return {
      read, say,
      clear: () => { box.value = ''; },
      node: el('div', {class: 'field'}, el('label', {for: id}, label(input)),
        el('div', {class: 'line'}, box, input.unit ? el('span', {class: 'unit'}, plain(input.unit)) : null), hint),
    };
  }

  /** Returns a field with buttons for a few choices, or a list for many. */
  function choiceField(input, i) {
    const choices = input.kind === 'yesNo' ? [['Yes', 1], ['No', 0]] : input.levels.map((level, index) => [plain(level), index]);
    const empty = whatEmptyMeans(input);
    const hint = empty === null ? null : el('div', {class: 'hint'}, empty);
    if (choices.length > 4) {
      const id = 'input-' + i;
      const list = el('select', {id, onchange: show}, el('option', {value: ''}, input.required ? 'Choose' : 'Not known'),
        choices.map(([text, value]) => el('option', {value}, text)));
      return {
        read: () => list.value === '' ? null : Number(list.value),
        say: () => {},
        clear: () => { list.value = ''; },
        node: el('div', {class: 'field'}, el('label', {for: id}, label(input)), list, hint),
      };
    }
    const options = input.required ? choices : [...choices, ['Not known', '']];
    const radios = options.map(([text, value]) => [text, el('input', {type: 'radio', name: 'input-' + i, value, onchange: show})]);
    return {
      read: () => {
        const chosen = radios.find(([, radio]) => radio.checked);
        return chosen === undefined || chosen[1].value === '' ? null : Number(chosen[1].value);
      },
      say: () => {},
      clear: () => radios.forEach(([, radio]) => { radio.checked = false; }),
      node: el('fieldset', {class: 'field'}, el('legend', {}, label(input)),
        el('div', {class: 'choice'}, radios.map(([text, radio]) => el('label', {}, radio, text))), hint),
    };
  }

  const fields = inputs.map((input, i) => input.kind === 'number' ? numberField(input, i) : choiceField(input, i));
  const answer = el('div', {class: 'answer', role: 'status', 'aria-live': 'polite'});

  /** Returns the answer for values that are missing or not valid. */
  function waiting(values) {
    const open = inputs.filter((input, i) => values[i] === null && input.required).map(input => label(input));
    const isWrong = values.some(value => typeof value === 'string');
    return [el('p', {class: 'waiting'}, isWrong ? 'Check the values' : 'Not known yet'),
      el('p', {class: 'muted'}, isWrong ? 'A value is not valid. The field says why.' : 'Still needed: ' + open.join(', ') + '.')];
  }

  /** Returns the answer with the persona at an index. */
  function found(j) {
    const result = data.personas[j];
    const sureness = result.precision === undefined || result.precision === null
      ? el('p', {}, 'No checked user got this answer, so its accuracy is unknown.')
      : [el('p', {}, 'Of ', grouped(result.typed), ' checked users who got this answer, ',
          el('b', {}, percent(result.precision)), ' have this persona.'), meter(result.precision)];
    return [el('p', {class: 'eyebrow'}, 'Persona'),
      el('p', {class: 'who'}, mark(j), el('bdi', {}, name(j))),
      result.strategy ? el('p', {class: 'strategy'}, plain(result.strategy)) : null,
      el('div', {class: 'sure ' + color(j)}, sureness)];
  }

  /** Reads all fields and shows the answer. */
  function show() {
    const values = fields.map(field => field.read());
    fields.forEach((field, i) => field.say(values[i]));
    const untouched = values.every(value => value === null);
    const usable = !untouched && values.every(value => typeof value !== 'string');
    const j = usable ? persona(values) : -1;
    answer.className = 'answer' + (j < 0 ? '' : ' ' + color(j));
    const required = inputs.some(input => input.required);
    answer.replaceChildren(...(j >= 0 ? found(j) : untouched && !required
      ? [el('p', {class: 'waiting'}, 'Not known yet'), el('p', {class: 'muted'}, 'Give at least one value.')]
      : waiting(values)).filter(node => node !== null));
  }

  function clear() {
    fields.forEach(field => field.clear());
    show();
    document.querySelector('.ask input, .ask select').focus();
  }

  // ---- The page

  const many = inputs.length === 1 ? 'one value' : `${inputs.length} values`;
  document.title = 'Typing tool · ' + plain(data.spec.name);
  document.getElementById('page').append(
    el('header', {}, el('p', {class: 'eyebrow'}, el('bdi', {}, plain(data.spec.name))),
      el('h1', {}, 'Which persona is it?'),
      el('p', {class: 'lede'}, `Enter ${many} to get the persona. `
        + `In a check with ${grouped(data.heldOutUsers)} users, ${percent(data.accuracy)} of the answers were right.`)),
    el('main', {},
      el('div', {class: 'tool'},
        el('form', {class: 'ask', autocomplete: 'off', onsubmit: event => event.preventDefault()},
          fields.map(field => field.node), el('button', {type: 'button', class: 'again', onclick: clear}, 'Next user')),
        answer),
      el('section', {}, el('h2', {}, 'How sure is the answer?'),
        el('p', {class: 'lede'}, `The full model uses ${data.columns} features, and this page uses ${inputs.length}. An answer is right if the full model gives the same persona. The users of the check did not train this tool.`),
        el('div', {class: 'body wide'}, el('table', {class: 'accuracy'},
          el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Persona'), el('th', {scope: 'col', class: 'n wide-only'}, 'Checked users'),
            el('th', {scope: 'col', class: 'n'}, 'Answer is right'), el('th', {scope: 'col', class: 'n'}, 'Users found'))),
          el('tbody', {}, data.personas.map((persona, j) => el('tr', {},
            el('th', {scope: 'row'}, el('span', {class: 'whose'}, mark(j), el('bdi', {}, name(j)))), el('td', {class: 'n wide-only'}, grouped(persona.users)),
            el('td', {class: 'n'}, percent(persona.precision)), el('td', {class: 'n'}, percent(persona.recall))))))),
        el('p', {class: 'muted small explained'}, '“Answer is right” is the share of the users with this answer who have the persona (precision). “Users found” is the share of the persona\'s users who get this answer (recall).'))),
    el('footer', {}, plain(data.program) + ' · this page sends no data'));
  show();
  window.typing = {persona};
})();
