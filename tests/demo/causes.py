"""Why what a stream has by its author is not on record yet, seen from outside: the causes that several streams share."""

AGAINST = "what says that it is not so is not tied to what is asked for"
APART = "reports of one happening in another manner, or what is told of it later, are put apart"
DENIAL = "what is denied is said in other words than what it denies"
DROPPED = "what an article says by itself is not set beside what it has it from"
HEADLINE = "the headline, or a copy, turns words in a way that no rule knows"
MIXED = "two happenings of one affair that share people and words are one story, also days apart"
NUMBER = "the number is not read with what it counts"
OTHER = "something else is told as such"
REVERSAL = "the two are not taken for opposites on one matter"
SPELLED = "two spellings of a name are kept apart"
UNPAIRED = "two reports that say the same in other words, or with another number, are not set beside each other"
UNTIED = (
    "what was said is not tied to what is asked for or to whose word it is, or the story’s articles are several stories"
)
WORDED = "a count or price that goes on in other words, or whose noun is left out, is not followed"
