package norwegian

import "strings"

// StopWord says whether a word as [Words] gives it only holds a sentence together. Sentences in two languages are common in one search
// box, so the lists of bokmål, nynorsk and English count together in every language, with one exception: for lang "en" a Norwegian stop
// word that carries meaning in English is none ("men"). No word for a health matter, a person or an age is a stop word.
func StopWord(lang, word string) bool {
	if english[word] || lang == "en" && onlyEnglish[word] || lang == "nn" && onlyNynorsk[word] {
		return true
	}
	return norwegianWords[word] && (lang != "en" || !meansMoreInEnglish[word])
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w], out[Fold(w)] = true, true
	}
	return out
}

var norwegianWords = set(`
	jeg du han hun den det vi dere de meg deg ham henne oss dem seg min mitt mine din ditt dine sin sitt sine hans hennes vår vårt våre deres
	en ei et ett denne dette disse noe noen ingen alle alt mange mye mer mest litt andre annen annet samme selv egen eget egne man
	og eller men for fordi at om når da hvis mens enn som så siden både også bare ikke jo nok vel veldig ganske
	i på av til fra med uten over under mellom ved hos mot etter før gjennom innen inn ut opp ned her der hvor hva hvem hvordan hvorfor hvilken hvilket hvilke
	er var være vært har hadde ha hatt blir ble bli blitt kan kunne skal skulle vil ville må måtte bør burde får fikk få gjør gjøre gjorde å nå
	trenger ønsker
	eg ho me de dykk dei meir honom henne vår vårt dykkar deira si sitt mi mitt di ein eit nokon noko nokre inkje ingen
	ikkje berre korleis kvifor kva kven kvar når frå med utan etter gjennom òg også eller der som då vere vore vera var blei vart verta verte blir
	gjer gjere gjorde kunne skulle ville måtte burde fekk har hadde mykje sjølv eigen treng ynskjer ønskjer`)

var english = set(`
	a an the and or but if of to in on at by for with without from into about as is are was were be been being am do does did have has had
	i me my mine you your he him his she it its we us our they them their this that these those what which who how why when where
	can could will would shall should may might must not no so than then there very just
	t s m re ve ll don dont cant didn didnt doesn isn aren wasn won wouldn couldn shouldn haven hasn im`)

// onlyEnglish and onlyNynorsk are stop words of one language that mean something in another: same is a Sámi, and trass in bokmål is defiance.
var (
	onlyEnglish = set(`same again her hers both each few most such only own too once further here all any now off out up down after before`)
	onlyNynorsk = set(`trass difor likevel sidan medan dersom`)
)

var meansMoreInEnglish = set(`men fra ham man under over mine hand etter`)
