"""The Chinese language and calendar as such: numerals, dates, working days, sentences, quotation marks; no rules, no judgement."""
