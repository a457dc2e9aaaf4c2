// Contrast of every text of the page with what is behind it, by WCAG 2.1: at least 4.5, for large
// text 3, and 3 for marks.
(() => {
  const channels = colour => {
    const numbers = colour.match(/-?[\d.]+(e-?\d+)?/g).map(Number);
    if (colour.startsWith('color(srgb')) return [...numbers.slice(0, 3), numbers.length > 3 ? numbers[3] : 1];
    return [...numbers.slice(0, 3).map(n => n / 255), numbers.length > 3 ? numbers[3] : 1];
  };
  const linear = n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4;
  const luminance = c => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const over = (top, bottom) => top.slice(0, 3).map((n, i) => n * top[3] + bottom[i] * (1 - top[3]));
  const behind = element => {
    if (!element) return [1, 1, 1];
    const own = channels(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, behind(element.parentElement));
  };
  const faint = [];
  let looked = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    const style = getComputedStyle(element);
    if (!walk.currentNode.data.trim() || element.closest('script,noscript,[hidden]')) continue;
    if (style.display === 'none' || !element.getClientRects().length) continue;
    if (element.closest('select[disabled],label.off')) continue;
    looked++;
    const paint = element instanceof SVGElement ? style.fill : style.color;
    const ratio = contrast(over(channels(paint), behind(element)), behind(element));
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(walk.currentNode.data.slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  for (const mark of document.querySelectorAll('.mark path, .centroid path, .trace')) {
    looked++;
    const style = getComputedStyle(mark);
    const paint = mark.classList.contains('trace') ? style.stroke : style.fill;
    const ratio = contrast(channels(paint), behind(mark.parentElement));
    if (ratio < 3) faint.push(mark.parentElement.getAttribute('class') + ' ' + ratio.toFixed(2));
  }
  return {looked, faint};
})()
