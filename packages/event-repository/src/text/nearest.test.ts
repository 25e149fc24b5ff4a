import { didYouMean, nearest } from './nearest';

describe('nearest', () => {
  it.each([
    ['titel', ['title', 'owner'], 'title'],
    ['desciption', ['description'], 'description'],
    ['Delivery', ['delivery'], 'delivery'],
    ['x', ['title'], undefined],
    ['access-servise', ['delivery-service', 'access-service'], 'access-service'],
    ['', ['a'], 'a'],
  ])('%s', (name, candidates, found) => {
    expect(nearest(name, candidates)).toBe(found);
  });

  it('is a question, or nothing', () => {
    expect(didYouMean('titel', ['title'])).toBe('; did you mean "title"?');
    expect(didYouMean('x', ['title'])).toBe('');
  });
});
