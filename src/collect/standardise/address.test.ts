import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHome } from '../match/home.ts'
import { readAddress } from './address.ts'

test('Chinese addresses are cut at their own marks', () => {
  const { province, city, district, street, number } = readAddress('广东省深圳市南山区科技园南路12号3栋502室')
  assert.deepEqual(
    { province, city, district, street, number },
    { province: '广东', city: '深圳', district: '南山区', street: '科技园南路', number: '12' },
  )
  assert.equal(readAddress('北京市朝阳区建国门外大街甲6号').number, '6')
  assert.equal(readAddress('上海浦东新区世纪大道一百号 200120').postcode, '200120')
})

test('Western addresses by house number, commas and postcode', () => {
  const { street, number, city, postcode } = readAddress('Flat 3, 12 High St., Leeds, West Yorkshire LS1 4AB')
  assert.deepEqual(
    { street, number, city, postcode },
    { street: 'high street', number: '12', city: 'leeds', postcode: 'ls14ab' },
  )
})

test('a Chinese home and its romanised form are one home', () => {
  const chinese = readHome('上海市嘉定区枫林路333号36栋3单元205室')
  const romanised = readHome('Room 205, Unit 3, Bldg 36, 333 Fenglin Road, Jiading District, Shanghai')
  for (const part of ['street', 'number', 'unit', 'district'] as const)
    assert.equal(romanised[part], chinese[part], part)
})
