// What may keep a person from reading a page: letters too close in colour to their ground (WCAG 2 AA wants 4.5 to 1, or 3 to 1
// for large letters), and content that is wider than the window.

import type { Page } from 'playwright-core';
import { z } from 'zod';

const script = `(() => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const paint = (colours) => {
    brush.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
    }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundsOf = (element) => {
    const grounds = [];
    for (let at = element; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
    return ['Canvas', ...grounds];
  };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const words = texts.currentNode.textContent.trim();
    const element = texts.currentNode.parentElement;
    if (words === '' || !element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const grounds = groundsOf(element);
    const [dark, light] = [luminance(paint(grounds)), luminance(paint([...grounds, style.color]))].sort((a, b) => a - b);
    const contrast = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) faint.push(words + ': ' + contrast.toFixed(2));
  }
  return { faint, overflowPx: document.documentElement.scrollWidth - innerWidth };
})()`;

const shape = z.object({ faint: z.array(z.string()), overflowPx: z.number() });

export async function judgeLegibility(page: Page): Promise<z.infer<typeof shape>> {
  return shape.parse(await page.evaluate(script));
}
