import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissions, permissionsOf, permits, roles } from './permissions.ts'

test('the administrator may everything, nobody without a role anything', () => {
  assert.deepEqual(permissionsOf({ roles: ['administrator'] }), permissions)
  assert.deepEqual(permissionsOf({ roles: [] }), [])
  assert.deepEqual(permissionsOf({ roles: ['root'] }), [])
})

test('whoever needs no contact value sees none', () => {
  for (const role of roles)
    assert.equal(
      permits({ roles: [role] }, 'customers.contact'),
      ['steward', 'agent', 'administrator'].includes(role),
      role,
    )
})

test('only a marketer approves a campaign and only an administrator starts a turn', () => {
  assert.deepEqual(
    roles.filter(role => permits({ roles: [role] }, 'campaign.approve')),
    ['marketer', 'administrator'],
  )
  assert.deepEqual(
    roles.filter(role => permits({ roles: [role] }, 'turn.run')),
    ['administrator'],
  )
})
