import type { Data } from '../compose/check-data.ts'
import type { Contact } from './contacts.ts'

/** Whom a message is for, with what its channel needs; a document that goes by e-mail has its postal address, too. */
export function recipient(channel: string, carriesDocument: boolean, who: Contact | undefined): Data {
  const person = { name: who?.name ?? '', salutation: who?.salutation ?? '' }
  const postal = { address: who?.address ?? [], postcode: who?.postcode ?? '' }
  switch (channel) {
    case 'email': {
      const email = who?.email ?? ''
      if (!carriesDocument) return { ...person, email }
      // Nothing is posted: who has no postal address has the one it goes to where a window would be.
      return { ...person, email, ...(postal.address.length > 0 ? postal : { address: [email], postcode: '' }) }
    }
    case 'sms':
      return { ...person, mobile: who?.mobile ?? '' }
    case 'call':
      return { ...person, phone: who?.phone ?? '', email: who?.email || null }
    case 'portal':
    case 'kiosk':
      return person
    default:
      return { ...person, ...postal }
  }
}

/** As used; the portal and the kiosk know whom they speak to. */
export function addressUsed(channel: string, who: Contact | undefined): string {
  if (!who) return ''
  switch (channel) {
    case 'email':
      return who.email
    case 'sms':
      return who.mobile
    case 'call':
      return who.phone
    case 'portal':
    case 'kiosk':
      return ''
    default:
      return [...who.address, who.postcode].filter(line => line !== '').join(', ')
  }
}
