import type { Sex } from '../chinese/names.ts'
import type { Name } from '../people/person.ts'
import type { Random } from '../random.ts'

const surnames =
  'Smith:120 Jones:95 Taylor:75 Brown:74 Williams:70 Wilson:55 Johnson:52 Davies:50 Robinson:40 Wright:40 Thompson:40 Evans:38 Walker:38 White:37 Roberts:36 Green:35 Hall:34 Wood:33 Jackson:32 Clarke:31 Patel:20 Khan:15 Lewis:28 Thomas:30 Harris:27 Cooper:26 King:26 Martin:25 Baker:24 Turner:24 Morris:23 Hill:23 Ward:22 Moore:22 Clark:21 Lee:21 Edwards:20 Hughes:20 Parker:19 Allen:18 Bennett:18 Young:18 Mitchell:18 Shaw:17 Cook:17 Watson:17 Richardson:16 Carter:16 Phillips:16 Collins:15 Bailey:15 Cox:14 Marshall:14 Miller:14 Webb:13 Simpson:13 Ellis:13 Price:12 Adams:12 Chapman:12 Mills:11 Rogers:11 Palmer:11 Murray:11 Fox:10 Gray:10 Stevens:10 Murphy:10 Hunt:10 Knight:10 Barnes:9 Gibson:9 Mason:9 Holmes:9 Hunter:8 Pearson:8 Graham:8 Fletcher:8 Reynolds:8 Howard:7 Andrews:7 Lawrence:7 Payne:7 Harvey:7 Saunders:6 Kennedy:6 Burton:6 Cole:6 Burns:5 Hargreaves:5 Whitaker:5 Ashworth:4 Pemberton:4 Braithwaite:4 Fairclough:3 Lockwood:4 Thackeray:3 Winterbourne:2 Ormerod:3'
    .split(' ')
    .map(pair => pair.split(':'))
    .map(([name = '', weight]) => [name, Number(weight)] as const)

const eras: { until: number; M: string; F: string }[] = [
  {
    until: 1949,
    M: 'John William George Ronald Kenneth Robert James Peter Dennis Derek Frank Eric Raymond Arthur Stanley Thomas Donald Albert Norman Harold',
    F: 'Margaret Mary Joan Doreen Jean Patricia Barbara Sheila Dorothy Joyce Audrey Irene Betty Kathleen Sylvia Beryl Maureen Ann Edith Brenda',
  },
  {
    until: 1969,
    M: 'David John Michael Peter Robert Paul Alan Stephen Anthony Brian Christopher Keith Kevin Graham Martin Philip Ian Colin Barry Nigel',
    F: 'Susan Linda Christine Margaret Carol Jennifer Janet Patricia Barbara Ann Sandra Pamela Pauline Jean Jacqueline Kathleen Gillian Elaine Julie Deborah',
  },
  {
    until: 1984,
    M: 'Paul Mark Andrew Richard Stuart Simon Darren Jason Matthew Lee Gary Neil Jonathan Daniel Adam Craig Timothy Gareth Robert James',
    F: 'Sarah Nicola Karen Claire Joanne Michelle Lisa Emma Rachel Rebecca Samantha Helen Victoria Louise Catherine Alison Tracey Kelly Elizabeth Anna',
  },
  {
    until: 2999,
    M: 'Daniel Thomas James Matthew Joshua Jack Ryan Luke Samuel Jordan Adam Alexander Benjamin Joseph Callum Oliver Harry Liam Nathan Jake',
    F: 'Rebecca Lauren Jessica Charlotte Hannah Sophie Amy Emily Laura Emma Chloe Lucy Katie Bethany Jade Megan Danielle Alice Abigail Georgia',
  },
]

export const britishSurname = (random: Random): string => random.weighted(surnames)

export function britishGiven(random: Random, sex: Sex, birthYear: number): string {
  const era = eras.find(each => birthYear <= each.until) ?? eras[0]
  return random.pick((era?.[sex] ?? '').split(' '))
}

export const britishName = (family: string, given: string): Name => ({
  script: 'latin',
  family,
  given,
  familyLatin: family,
  givenLatin: given,
})

/** What friends write for the name in the passport. */
export const nicknames: Record<string, string> = {
  William: 'Bill',
  Robert: 'Bob',
  Richard: 'Dick',
  Michael: 'Mike',
  David: 'Dave',
  James: 'Jim',
  John: 'Jack',
  Thomas: 'Tom',
  Christopher: 'Chris',
  Anthony: 'Tony',
  Stephen: 'Steve',
  Andrew: 'Andy',
  Matthew: 'Matt',
  Daniel: 'Dan',
  Joseph: 'Joe',
  Samuel: 'Sam',
  Benjamin: 'Ben',
  Alexander: 'Alex',
  Jonathan: 'Jon',
  Timothy: 'Tim',
  Nicholas: 'Nick',
  Kenneth: 'Ken',
  Ronald: 'Ron',
  Raymond: 'Ray',
  Peter: 'Pete',
  Philip: 'Phil',
  Margaret: 'Peggy',
  Elizabeth: 'Liz',
  Patricia: 'Pat',
  Catherine: 'Kate',
  Rebecca: 'Becky',
  Susan: 'Sue',
  Jennifer: 'Jenny',
  Deborah: 'Debbie',
  Christine: 'Chris',
  Jacqueline: 'Jackie',
  Samantha: 'Sam',
  Victoria: 'Vicky',
  Pamela: 'Pam',
  Gillian: 'Gill',
  Barbara: 'Babs',
  Kathleen: 'Kath',
  Abigail: 'Abby',
  Jessica: 'Jess',
  Charlotte: 'Lottie',
}
