// Package scheduler decides when there is an unannounced visit, where, and who goes: it seals each
// week's book, lets every slot come to its outcome at its minute and never before, and sees that
// nothing due is forgotten.
//
// [Scheduler.Tick] does whatever is due at a moment and may be called as often as one likes: what was
// done stands in the database, in the same transaction as its effects. Cron only wakes it. The rules
// are those of DRAW.md; clauses are those of notice 永组发〔2017〕71号.
package scheduler
