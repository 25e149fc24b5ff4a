/** How long the page that a link leads to may take to be drawn. */
const JUMP_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 60;
/** The form scrolls to its top when a page comes; only then to the field. */
const AFTER_SCROLL_MS = 120;

/**
 * Turns the form to a page and puts the focus on a field. The scaffolder keeps the number of its page to itself, but the
 * head of every page before the present one can be clicked.
 *
 * @param page number of the page, from 0
 * @param field JSON pointer of the field in the request; the nearest place around it will do
 * @returns false where there is no such page to turn to
 */
export function jumpTo(page: number, field: string, from: ParentNode = document): boolean {
  const head = from.querySelectorAll<HTMLElement>('.MuiStepper-root .MuiStepLabel-root')[page];
  if (!head) return false;
  head.click();
  const until = Date.now() + JUMP_WITHIN_MS;
  const look = () => {
    if (!focusFirst([field], from) && Date.now() < until) setTimeout(look, LOOK_EVERY_MS);
  };
  setTimeout(look, AFTER_SCROLL_MS);
  return true;
}

/**
 * Puts the focus on the first input on the page among those of some fields.
 *
 * @param fields JSON pointers in the request; of each the nearest place around it will do
 * @returns false where there is nothing of the kind on the page
 */
export function focusFirst(fields: readonly string[], from: ParentNode = document): boolean {
  const [element] = fields
    .flatMap(field => elementAt(field, from) ?? [])
    .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  if (!element) return false;
  openAround(element);
  element.scrollIntoView?.({ block: 'center' });
  element.focus({ preventScroll: true });
  return true;
}

function elementAt(field: string, from: ParentNode): HTMLElement | undefined {
  const marked = [...from.querySelectorAll<HTMLElement>('[data-field]')];
  for (let place = field; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
    const found =
      marked.find(each => each.dataset.field === place) ??
      marked.find(each => each.dataset.field?.startsWith(`${place}/`));
    if (found) return found;
  }
  return undefined;
}

function openAround(element: HTMLElement) {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
}
