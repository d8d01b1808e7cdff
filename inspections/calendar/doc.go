// Package calendar knows the days an office works, so that every time limit ends on the right day.
//
// It holds the office's own notions of time: [Date] (a day in Asia/Shanghai), [Week] (ISO 8601),
// [Month], [Instant] (a moment, stored in UTC with a fixed width) and [Calendar] (working days with
// holidays and make-up workdays after the State Council's yearly notices, 2017–2026 built in).
// Everything in it is pure.
package calendar
