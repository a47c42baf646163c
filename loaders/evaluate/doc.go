// Package evaluate scores extracted records against gold annotations, field by
// field, as the statements' score.py does.
//
// A [Gold] is what a careful reader takes from one statement; [ReadGold] reads
// it. A [Score] counts, over any number of statements, what extraction got right,
// added and missed; its [Field]s give precision, recall and F1.
//
// What will surprise you:
//
//   - The counts are score.py's in every detail, and a test compares them. What
//     looks odd here is odd there: the rule of thumb that makes two people the
//     same also joins anagrams, matching is greedy in the order given, and a
//     field that never came up is no part of the macro-F1.
//   - A record is seen as its JSON. An ordinal of 0 is none; an event without a
//     status says "", which is not "held".
//   - Scalars of a gold file are read as YAML 1.1, which is what PyYAML does:
//     yes is true, 2019-10-11 without quotes is a date, 12:30 is 750. Null and
//     an empty text differ, since score.py tells them apart.
//   - ReadGold asks for every key that score.py may come to need. Where score.py
//     would only fail for some records, or read a text letter by letter because
//     a list was meant, ReadGold fails at once and names the key.
//   - Letters that Unicode added after Python's tables were made may compare
//     differently.
package evaluate
