import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHome } from '../match/home.ts'
import { livingTogether, type Resident } from './same-home.ts'

const lives = (address: string, surname: string, phone = ''): Resident => ({
  home: readHome(address),
  surname,
  phones: [phone],
})

test('a family is told from neighbours', () => {
  const home = '43 Manor Drive, Manchester'
  assert.equal(livingTogether(lives(home, 'taylor'), lives(home, 'taylor')), 'surname')
  assert.equal(livingTogether(lives(home, 'taylor', '+44123'), lives(home, 'jones', '+44123')), 'phone')
  assert.equal(livingTogether(lives(home, 'taylor', '+44123'), lives(home, 'taylor', '+44123')), 'both')
  assert.equal(livingTogether(lives(home, 'taylor'), lives(home, 'jones')), null)
})

test('one flat is a home whatever the surnames; another flat of the house is not', () => {
  const flat = (room: number) => `上海市人民路12号3栋${room}室`
  assert.equal(livingTogether(lives(flat(101), 'wang'), lives(flat(101), 'li')), 'room')
  assert.equal(livingTogether(lives(flat(101), 'wang'), lives(flat(102), 'wang')), null)
})

test('the same street and number of another town is another home', () => {
  assert.equal(livingTogether(lives('12 High Street, Leeds', 'shaw'), lives('12 High Street, York', 'shaw')), null)
})
