/**
 * Towns of the invented British people: name, postcode area, highest district used, weight, telephone. The numbers are those Ofcom keeps for drama
 * (ofcom.org.uk, "Numbers for use in TV and radio drama"), a thousand for each place; a town without its own takes the nearest city's.
 */
export type Town = {
  name: string
  area: string
  districts: number
  weight: number
  drama: string
  tier: 'metropolis' | 'city' | 'town' | 'rural'
}

const town = (
  name: string,
  area: string,
  districts: number,
  weight: number,
  drama: string,
  tier: Town['tier'],
): Town => ({ name, area, districts, weight, drama, tier })

// biome-ignore format: a table
export const towns: Town[] = [
  town('London', 'SW', 20, 6, '02079460', 'metropolis'), town('London', 'N', 22, 4, '02079460', 'metropolis'), town('London', 'SE', 28, 5, '02079460', 'metropolis'),
  town('London', 'E', 18, 4, '02079460', 'metropolis'), town('London', 'W', 14, 4, '02079460', 'metropolis'), town('London', 'NW', 11, 3, '02079460', 'metropolis'),
  town('Birmingham', 'B', 47, 5, '01214960', 'city'), town('Manchester', 'M', 35, 5, '01614960', 'city'), town('Leeds', 'LS', 29, 4, '01134960', 'city'),
  town('Sheffield', 'S', 20, 3, '01144960', 'city'), town('Liverpool', 'L', 25, 3, '01514960', 'city'), town('Bristol', 'BS', 16, 3, '01174960', 'city'),
  town('Nottingham', 'NG', 17, 3, '01164960', 'city'), town('Leicester', 'LE', 9, 2, '01164960', 'city'), town('Edinburgh', 'EH', 17, 3, '01314960', 'city'),
  town('Glasgow', 'G', 46, 3, '01414960', 'city'), town('Newcastle upon Tyne', 'NE', 20, 2, '01914980', 'city'), town('Reading', 'RG', 12, 2, '01184960', 'town'),
  town('Cardiff', 'CF', 24, 2, '02920180', 'city'), town('Belfast', 'BT', 17, 1.5, '02896496', 'city'), town('York', 'YO', 32, 1.2, '01134960', 'town'),
  town('Bath', 'BA', 3, 1, '01174960', 'town'), town('Oxford', 'OX', 4, 1.2, '01184960', 'town'), town('Cambridge', 'CB', 5, 1.2, '01164960', 'town'),
  town('Brighton', 'BN', 3, 1.2, '02079460', 'town'), town('Norwich', 'NR', 8, 1, '01164960', 'town'), town('Exeter', 'EX', 4, 0.9, '01174960', 'town'),
  town('Truro', 'TR', 4, 0.6, '01174960', 'rural'), town('Hexham', 'NE', 49, 0.4, '01914980', 'rural'), town('Kendal', 'LA', 9, 0.5, '01614960', 'rural'),
  town('Ludlow', 'SY', 8, 0.4, '01214960', 'rural'), town('Skipton', 'BD', 23, 0.5, '01134960', 'rural'), town('Inverness', 'IV', 3, 0.5, '01314960', 'rural'),
]
