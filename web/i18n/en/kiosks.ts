/** Kiosks in branches. */
export const kiosks = {
  'nav.kiosks': 'Kiosks',
  'ki.title': 'Kiosks',
  'ki.lead':
    'Screens in branches. Open {address} in the browser of the device and enter the pairing code there; it holds for 15 minutes.',
  'ki.add': 'Add a kiosk',
  'ki.name': 'Name',
  'ki.name-hint': 'Where it stands, such as "Nanjing Road, ground floor".',
  'ki.state': 'State',
  'ki.state.waiting': 'Waits for its device',
  'ki.state.paired': 'In use',
  'ki.state.revoked': 'Taken back',
  'ki.paired': 'Paired',
  'ki.seen': 'Last used',
  'ki.code': 'Pairing code',
  'ki.code-note':
    'Enter it at the device within 15 minutes. It is shown this once; a new code takes its place, and pairing another device ends the one before.',
  'ki.new-code': 'New code',
  'ki.revoke': 'Take back',
  'ki.revoke-ask':
    'Take "{name}" back? Whoever is signed in there is signed out at once, and the device must be paired again.',
  'ki.none': 'No kiosk yet',
  'ki.none-hint': 'Add one, and pair the device that stands in the branch with it.',
}
