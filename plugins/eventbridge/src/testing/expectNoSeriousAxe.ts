import axe from 'axe-core';

/** Fails with what axe finds serious or critical. Contrast needs a browser that paints and is left to the browser tests. */
export async function expectNoSeriousAxe(element: Element) {
  const { violations } = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false } },
  });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)).toEqual(
    [],
  );
}
