// @supabase/postgrest-js as it is, against client.sql: reads, filters, inserts,
// and updates and deletes by version=eq.N. node client.mjs URL, with the module
// in the folder $NPM.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'

const require = createRequire(process.env.NPM + '/x.js')
const { PostgrestClient } = require('@supabase/postgrest-js')
const db = new PostgrestClient(process.argv[2])
const person = () => db.from('person')
const said = '"quotes" & commas, (and more)'
let passed = 0
let failed = 0

async function step(name, run) {
    try {
        await run()
        passed++
        console.log('ok   ' + name)
    } catch (error) {
        failed++
        console.log('FAIL ' + name + ': ' + error.message)
    }
}

// What a question gives, where nothing is wrong with it.
async function data(question) {
    const reply = await question
    assert.equal(reply.error, null, JSON.stringify(reply.error))
    return reply.data
}

const ids = async question => (await data(question)).map(row => row.id)
const some = () => person().select('id').order('id')

const FILTERS = {
    'eq': [q => q.eq('id', 3), [3]],
    'neq': [q => q.neq('id', 1).lte('id', 3), [2, 3]],
    'gt, lt': [q => q.gt('id', 3).lt('id', 6), [4, 5]],
    'gte, lte': [q => q.gte('id', 3).lte('id', 4), [3, 4]],
    'like': [q => q.like('name', 'Dora%').lt('id', 10), [3, 8]],
    'ilike': [q => q.ilike('name', 'dORA 3'), [3]],
    'in': [q => q.in('name', ['Dora 3', 'Emil 4', 'x,y', 'a"b', '(z)']),
        [3, 4]],
    'in, quoted': [q => q.in('note', [`with ${said} 1`]), [1]],
    'in none': [q => q.in('id', []), []],
    'is null': [q => q.is('note', null).lte('id', 8), [4, 8]],
    'not is null': [q => q.not('note', 'is', null).lte('id', 4), [1, 2, 3]],
    'not in': [q => q.not('id', 'in', '(1,2)').lt('id', 5), [3, 4]],
    'or, and nested': [q => q.or(
        'id.eq.1,and(id.gt.10,id.lt.13),name.eq."Dora 3"'), [1, 3, 11, 12]],
    'match': [q => q.match({ id: 3, name: 'Dora 3' }), [3]],
    'contains': [q => q.contains('tags', ['t1']).lt('id', 4), [1, 3]],
    'contains, json': [q => q.contains('data', { n: 7 }), [7]],
    'overlaps': [q => q.overlaps('tags', ['t1', 'z']).lt('id', 4), [1, 3]],
    'enum': [q => q.eq('mood', 'happy').lt('id', 6), [2, 5]],
    'nothing harmful': [q => q.eq('name', "'; DROP TABLE person; --"), []],
}
for (const [name, [narrow, want]] of Object.entries(FILTERS))
    await step('filter: ' + name, async () =>
        assert.deepEqual(await ids(narrow(some())), want))

await step('select everything', async () => {
    const rows = await data(person().select())
    assert.equal(rows.length, 40)
    assert.deepEqual(rows[0].data, { n: 1 })
})
await step('select, renamed and as text', async () =>
    assert.deepEqual(await data(
        person().select('key:id::text,called:name').eq('id', 3)),
    [{ key: '3', called: 'Dora 3' }]))
await step('order, nulls first', async () =>
    assert.deepEqual(await ids(person().select('id').order(
        'note', { nullsFirst: true }).order('id').limit(2)), [4, 8]))
await step('order downwards', async () =>
    assert.deepEqual(await ids(person().select('id').order(
        'mood', { ascending: false }).order('id').limit(2)), [2, 5]))
await step('range', async () =>
    assert.deepEqual(await ids(some().range(10, 12)), [11, 12, 13]))
for (const count of ['exact', 'planned', 'estimated'])
    await step('count ' + count, async () => {
        const reply = await person().select('id', { count }).limit(5)
        assert.equal(reply.count, 40)
        assert.equal(reply.data.length, 5)
    })
await step('count alone', async () => {
    const reply = await person().select('*', { count: 'exact', head: true })
    assert.equal(reply.count, 40)
    assert.equal(reply.data, null)
})
await step('maybeSingle: none is null', async () =>
    assert.equal(await data(
        person().select('id').eq('id', 99999).maybeSingle()), null))
await step('csv', async () =>
    assert.equal((await data(person().select('id,name').order('id').limit(2)
        .csv())).trim(), 'id,name\n1,Bert 1\n2,Cleo 2'))
await step('a composite key of odd characters', async () => {
    for (const subject of ['naïve ü', 'C++ & C', 'art/craft'])
        assert.equal((await data(db.from('grade').select('grade').eq(
            'person', 3).eq('subject', subject))).length, 1)
})

async function refused(question, status, code) {
    const reply = await question
    assert.equal(reply.status, status)
    assert.equal(reply.error.code, code)
    assert.ok(reply.error.message)
}
await step('no such column', () =>
    refused(person().select('nosuch'), 400, '42703'))
await step('no such value', () =>
    refused(person().select().eq('id', 'abc'), 400, '22P02'))
await step('unique', () =>
    refused(person().insert({ id: 1, name: 'x' }), 409, '23505'))
await step('foreign key', () => refused(
    db.from('grade').insert({ person: 9999, subject: 'x' }), 409, '23503'))

await step('insert', async () => {
    const reply = await person().insert({ id: 1001, name: 'Zoe' })
    assert.equal(reply.status, 201)
    assert.equal(reply.data, null)
})
await step('insert several', async () =>
    assert.deepEqual(await data(person().insert([{ id: 1002, name: 'Q' },
        { id: 1003, name: 'R' }]).select('id,name')),
    [{ id: 1002, name: 'Q' }, { id: 1003, name: 'R' }]))
await step('insert several: all or none', async () => {
    const reply = await person().insert([{ id: 1007, name: 'new' },
        { id: 1, name: 'there' }])
    assert.equal(reply.status, 409)
    assert.deepEqual(await ids(some().eq('id', 1007)), [])
})
await step('insert all types', async () => {
    const row = { id: 1004, name: `O'Neil "q" \\ \u{1F600} é`,
        tags: ['a b', 'c,d', '"'], data: { x: [1, null, 'ü'] },
        born: '2000-02-29', mood: 'sad' }
    assert.deepEqual(await data(person().insert(row).select(
        'id,name,tags,data,born,mood')), [row])
})

const version = async id => (await data(
    person().select('version').eq('id', id)))[0].version
await step('update without a version is refused', async () => {
    const reply = await person().update({ age: 1 }).eq('id', 1001)
    assert.equal(reply.status, 428)
    assert.ok(reply.error.message)
})
await step('update by version', async () => {
    const seen = await version(1001)
    const rows = await data(person().update({ age: 77, note: null }).eq(
        'id', 1001).eq('version', seen).select('id,age,note,version'))
    assert.equal(rows.length, 1)
    assert.equal(rows[0].age, 77)
    assert.notEqual(rows[0].version, seen)
})
await step('update by a version that is over', async () => {
    const seen = await version(1001)
    await data(person().update({ age: 78 }).eq('id', 1001).eq(
        'version', seen))
    const reply = await person().update({ age: 79 }).eq('id', 1001).eq(
        'version', seen).select()
    assert.equal(reply.status, 412)
    assert.deepEqual(await data(person().select('age').eq('id', 1001)),
        [{ age: 78 }])
})
await step('delete by a version that is over', async () => {
    const seen = await version(1002)
    await data(person().update({ age: 5 }).eq('id', 1002).eq('version', seen))
    const reply = await person().delete().eq('id', 1002).eq('version', seen)
    assert.equal(reply.status, 412)
    assert.deepEqual(await ids(some().eq('id', 1002)), [1002])
})
await step('delete by version', async () => {
    const reply = await person().delete({ count: 'exact' }).eq('id', 1002).eq(
        'version', await version(1002)).select('id')
    assert.equal(reply.error, null)
    assert.deepEqual(reply.data, [{ id: 1002 }])
    assert.equal(reply.count, 1)
})

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
