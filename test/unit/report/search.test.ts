import { expect, test } from 'vitest';
import { peopleOf } from '../../../shared/report/people.ts';
import { finds, type Findable } from '../../../shared/report/search.ts';
import { record, wholeCeremony } from '../../fakes/events.ts';

const line: Findable = {
  cluster: 'payments-frankfurt',
  people: ['Zoë Müller', 'Robin'],
  openedAt: '2026-09-14T09:15:00.000Z',
  shownAt: '14 Sept 2026, 11:15',
};

test.each([
  ['', true],
  ['  ', true],
  ['FRANK', true],
  ['zoe', true],
  ['muller robin', true],
  ['2026-09-14', true],
  ['14 sept', true],
  ['robin oslo', false],
  ['2025', false],
])('"%s" finds it: %s', (search, found) => {
  expect(finds(search, line)).toBe(found);
});

test('the people of a record are all whom it names, each once', () => {
  const records = wholeCeremony.map((event, place) => record(place + 1, event));
  expect(peopleOf(records)).toEqual(['Robin', 'Wim', 'Ana', 'Ben', 'Nadia']);
});
