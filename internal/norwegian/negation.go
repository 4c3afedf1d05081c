package norwegian

import "slices"

var (
	// between are the words that may stand between a denial and what it denies.
	between = set(`bli blir blitt være vært er har ha hatt få fått lenger noe noen å en et at det vere vore ein eit noko a be been get have any yet`)
	// states are what one may say one is not, besides the health matters and the names of matters.
	states = set(`gravid gravide svanger dement deprimert redd trist mobbet mobba pregnant depressed scared afraid sad bullied anxious`)
	// wanted are such matters that one only complains of not having.
	wanted = set(`søvn amming avspenning mindfulness selvtillit selvfølelse selvbilde selvverd selvaktelse balanse hukommelse hørsel kondisjon livskvalitet sexlyst
		ereksjon samliv seksualitet skolemotivasjon mosjon bevegelse trening kosthold ernæring matvaner økonomi medisin medisiner legemiddel prevensjon mensen
		menstruasjon morsmelk barn unger søsken tilknytning tilstedeværelse insulin inhalator koordinator likeperson kriseplan lekser leggetid alene avslapping
		meditasjon hjelpetelefon samtalevenn besøksvenn jordmor logoped temperament konsentrasjon søvnkvalitet fødsel ensom syn`)
	// unable are the words with which one complains of what one cannot do, and those of which one only complains that they are not there.
	unable = set(`får fikk kan kunne klarer klarte tør turte torer vil ville orker orket greier makter evner greide skal må can could cannot will want
		tåler takler mestrer håndterer slipper takle tåle mestre sover sov søv puster spiser eter husker hugsar finner finn forstår skjønner virker verkar hjelper
		smiler ler trives`)
	// turns are the words after which a text says what is there in place of what it has denied.
	turns = set(`men bare berre kun heller derimot but just only instead`)
	// only are those after which not means not only.
	only = set(`bare berre kun just only`)
	// has are the words before a det that stands for what was denied: "sønnen min har det".
	has = set(`har hadde gjør gjer`)
	// refer are the words after a turn that speak of what stands before it: "jeg drikker ikke, men det gjør far".
	refer = set(`det dette slik sånn does do did has it that`)
)

// WithoutDenied leaves out of a text, given as its words, what it says is not there: "ikke gravid", "uten hodepine", "pengespill, ikke dataspill", and before
// a word such as but all that is denied: "hører ikke stemmer, bare en pipelyd". Only conditions can be denied, and what names a matter, for which the
// caller knows the words: what one cannot do or has not is a complaint and stays, and so does what the rest of the text refers to. denied are the words
// for conditions that were left out.
func WithoutDenied(words []string, names func(word string) bool) (rest, denied []string) {
	rest = afterTurn(words)
	for _, w := range words {
		if conditional(w, names) && !slices.Contains(rest, w) {
			denied = append(denied, w)
		}
	}
	for at := 0; at < len(rest) && !refers(rest[at:]); at++ {
		if from, to := deniedAt(rest, at, names); to > from {
			denied = append(denied, rest[from])
			rest = slices.Concat(rest[:at], rest[to:])
		}
	}
	return rest, denied
}

// afterTurn leaves out what is denied before a word such as but, if what comes after it tells something.
func afterTurn(words []string) []string {
	for at, w := range words {
		if denials[w] != "ikke" || at > 0 && unable[words[at-1]] {
			continue
		}
		turn := at + slices.IndexFunc(words[at:], func(w string) bool { return turns[w] })
		if turn < at || turn == at+1 && only[words[turn]] {
			continue
		}
		if rest := words[turn:]; slices.ContainsFunc(Telling(rest), func(r string) bool { return denials[r] == "" && !Generic(r) }) &&
			!slices.ContainsFunc(rest, func(w string) bool { return refer[w] }) {
			return slices.Concat(words[:max(0, at-1)], rest)
		}
	}
	return words
}

// refers says that words say of somebody else what was denied of one: "har ikke ADHD selv, men sønnen min har det".
func refers(words []string) bool {
	for i, w := range words {
		if w == "does" || w == "det" && i > 0 && has[words[i-1]] {
			return true
		}
	}
	return false
}

// deniedAt says which words a denial at a place denies: none if from is to.
func deniedAt(words []string, at int, names func(string) bool) (from, to int) {
	if denials[words[at]] == "" && !(words[at] == "no" && Language("", words) == "en") || at > 0 && unable[words[at-1]] {
		return 0, 0
	}
	from = at + 1
	for from < len(words) && between[words[from]] {
		from++
	}
	switch {
	case from >= len(words):
		return 0, 0
	case words[from] == "type" && from+1 < len(words) && Number(words[from+1]):
		return from, from + 2
	case states[words[from]] && from+2 < len(words) && (words[from+1] == "for" || words[from+1] == "of"):
		if words[from+2] == "å" { // ikke redd for å dø may be more than no fear
			return 0, 0
		}
		return from, from + 3
	case conditional(words[from], names):
		return from, from + 1
	}
	return 0, 0
}

// conditional says that a word is for what one may say is not there.
func conditional(word string, names func(string) bool) bool {
	core := Core(word)
	return states[word] || !wanted[word] && (core != "" && !wanted[core] || names(word))
}
