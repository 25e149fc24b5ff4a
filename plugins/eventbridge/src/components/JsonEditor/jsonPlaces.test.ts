import { fieldOfPlace, jsonPlaces } from './jsonPlaces';

const shown = (text: string) =>
  jsonPlaces(text).map(place => [place.path.join('/'), text.slice(place.from, place.to), place.isLeaf]);

it('tells where every value stands, with its key', () => {
  expect(shown('{ "a": [1, {"b": null}], "c.d" : "x\\"}" }')).toEqual([
    ['a', '"a": [1, {"b": null}]', false],
    ['a/0', '1', true],
    ['a/1', '{"b": null}', false],
    ['a/1/b', '"b": null', true],
    ['c.d', '"c.d" : "x\\"}"', true],
  ]);
});

it('tells both places of a key that is given twice, and keys of the prototype', () => {
  expect(shown('{"__proto__":1,"__proto__":2}')).toEqual([
    ['__proto__', '"__proto__":1', true],
    ['__proto__', '"__proto__":2', true],
  ]);
});

it('names fields as patterns do: without the indexes of arrays', () => {
  expect(jsonPlaces('{"a":[{"b.c":1}]}').map(fieldOfPlace)).toEqual(['a', 'a', 'a.b.c']);
});

it('takes what is nested deeply', () => {
  expect(jsonPlaces(`${'['.repeat(3000)}1${']'.repeat(3000)}`)).toHaveLength(3000);
});
