// Package edtf reads uncertain dates and answers whether they lie certainly or
// possibly inside a window of time.
//
// The notation is the Extended Date/Time Format of ISO 8601-2:2019, levels 0
// and 1, as the Library of Congress publishes it
// (https://www.loc.gov/standards/datetime/). [Date] is one expression, made by
// [Parse]; [Date.Certain] and [Date.Possible] are the two questions a filter asks.
//
// # What is read
//
//	2020  2020-11  2020-11-24          year, month, day
//	2020-11-24T10:30:00+01:00          date and time, read as the day
//	-0044  Y170000002  Y-12000         years before 0000 and beyond four digits
//	2020-21 … 2020-24                  seasons
//	2020?  2020-11~  2020-11-24%       uncertain, approximate, both
//	202X  20XX  2020-XX  2020-11-XX    unspecified digits
//	2020-XX-24  XXXX-11-24             of level 2: only month, or only year, unknown
//	2020-11-24/2020-11-25              interval; each end may carry ? ~ %
//	2020/..  ../2020  2020/  /2020     open end or start, unknown end or start
//
// Where the text of the standard is silent, the package refuses what the npm
// package edtf refuses at level 1: a qualified season, a qualified unspecified
// date, and an interval that ends in a season or in a year with the prefix Y.
//
// # What may surprise
//
//   - Two forms of level 2 are read because press reports need them: 2020-XX-24
//     may mean any day from 24 January to 24 December; XXXX-11-24 any day.
//   - A qualification does not widen the range. "2020~" may mean the days of
//     2020 and no others, so Certain can hold for it; ask [Date.Approximate] and
//     [Date.Uncertain] and show the answer beside. How far to widen would be a
//     guess. The npm package does the same.
//   - Seasons are quarters of the year, as in the npm package: 21 is January to
//     March and 24 is October to December. The standard names the seasons and
//     gives no months. "Spring 2020" in a text may well mean May; write
//     "2020-03/2020-05" where the months matter.
//   - A date-time is the day as written, with its offset read and checked but
//     not applied: 2020-11-24T23:30:00-05:00 is the 24th, like every other date
//     here that is local to its place. In intervals too, where EDTF itself wants
//     dates only.
//   - An open end ("..") reaches for ever. An unknown end ("") may be any day: it
//     is possible everywhere and certain nowhere, also as the end of a window.
//   - The start and end of an interval may overlap ("2020-12/2020"); only an end
//     wholly before the start is refused.
//   - [Date.Earliest] of a year beyond 9999 is a [time.Time] that JSON cannot
//     carry. A year has at most nine digits.
package edtf
