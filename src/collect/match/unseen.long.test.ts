import { chinesePeopleTest } from './unseen-people.ts'

chinesePeopleTest(2, 20_000)
