/**
 * One form for the names that are one name in different mouths: English nicknames (Bob is Robert), and Chinese syllables that the
 * dialects of the south and south-west do not tell apart (zh/z, ch/c, sh/s, n/l, hu-/f-, -ng/-n).
 */
import { isPinyin } from './person-name.ts'

const NICKNAMES =
  'robert bob bobby rob robbie bert|william bill billy will willie liam|richard dick rick rich ricky richie|james jim jimmy jamie|john jack johnny jon|' +
  'joseph joe joey|thomas tom tommy|charles charlie chuck chas|edward ed eddie ted teddy ned|michael mike mick micky mickey|david dave davy|daniel dan danny|' +
  'matthew matt|anthony tony|andrew andy drew|christopher chris|nicholas nick nicky|alexander alex sandy alec|benjamin ben benny|samuel sam sammy|' +
  'stephen steve steven stevie|peter pete|patrick pat paddy|kenneth ken kenny|ronald ron ronnie|donald don donnie|gerald gerry jerry|lawrence larry laurence|' +
  'frederick fred freddie freddy|francis frank frankie|henry harry hank hal|gregory greg|timothy tim|philip phil phillip|raymond ray|walter walt wally|' +
  'albert al bertie|arthur art|eugene gene|harold hal|jeffrey jeff geoffrey geoff|leonard len lenny leo|nathan nate nathaniel|theodore theo|vincent vince|' +
  'zachary zach zack|elizabeth liz lizzie beth betty eliza libby lisa bess|margaret maggie meg peggy marge margie greta|catherine kate katie cathy kathy katherine kathryn kit cath|' +
  'mary molly polly|patricia patty trish tricia|susan sue susie suzanne|barbara barb babs|jennifer jen jenny|jessica jess jessie|rebecca becky becca|deborah deb debbie debra|' +
  'dorothy dot dottie dolly|helen nell nellie ellen|victoria vicky tori|alexandra lexi sasha|christina tina christine chrissy|jacqueline jackie|janet jan|' +
  'judith judy|kimberly kim|pamela pam|sandra sandy|theresa terry tess teresa|virginia ginny|abigail abby|amanda mandy|angela angie|caroline carrie carol|' +
  'cynthia cindy|eleanor ellie nora|emily em emma|florence flo|frances fran franny|gabrielle gabby|harriet hattie|isabella bella izzy isabel|josephine josie jo|' +
  'louise lou|madeleine maddie|matilda tilly mattie|nancy nan|samantha sam|sarah sally sadie sara|valerie val|wilhelmina minnie mina'

let nicknames: Map<string, string> | undefined

/** The first name that has the nickname, so that one short form of two names (Sandy, Sam) stays one. */
function formal(name: string): string | undefined {
  if (!nicknames) {
    nicknames = new Map()
    for (const group of NICKNAMES.split('|')) {
      const [first, ...rest] = group.split(' ')
      for (const short of [first!, ...rest]) if (!nicknames.has(short)) nicknames.set(short, first!)
    }
  }
  return nicknames.get(name)
}

const DIALECT: [RegExp, string][] = [
  [/([zcs])h/g, '$1'],
  [/hu(?=[aeio])/g, 'f'],
  [/hu/g, 'fu'],
  [/ng/g, 'n'],
  [/l/g, 'n'],
  [/fi/g, 'fei'],
  [/fn/g, 'fen'],
]

/** `sound`: lower-case letters as `readFullName` gives them. */
export function nameVariant(sound: string): string {
  const name = formal(sound)
  if (name !== undefined) return name
  if (!isPinyin(sound)) return sound
  let out = sound
  for (const [pattern, by] of DIALECT) out = out.replace(pattern, by)
  return out
}
