package approval

import "github.com/verktoykatalog/verktoy/catalogue"

// Sentences of refusals that panels, waivers and cases share.
var (
	refMissing = phrase{
		"Her mangler det noe. Fyll det ut.",
		"Her manglar det noko. Fyll det ut.",
		"Something is missing here. Fill it in."}
	refNumber = phrase{
		"Her står det noe som ligner et fødselsnummer. Ta det bort.",
		"Her står det noko som liknar eit fødselsnummer. Ta det bort.",
		"This holds something like a national identity number. Remove it."}
	refEndsFirst = phrase{
		"Siste dag kommer før første dag. Rett en av datoene.",
		"Siste dag kjem før første dag. Rett ein av datoane.",
		"The last day comes before the first. Correct one of the dates."}
	refVendorPeople = phrase{
		"Vi må vite hvem hos leverandøren som ikke kan avgjøre saken. Oppgi minst den som har signert erklæringen.",
		"Vi må vite kven hos leverandøren som ikkje kan avgjere saka. Oppgi minst den som har signert erklæringa.",
		"We must know who at the vendor cannot decide the case. Give at least the person who signed the declaration."}
)

// Sentences about panels.
var (
	refQuorum = phrase{
		"Oppgi hvor mange medlemmer som må stemme: fra 1 til antallet medlemmer, som er %d.",
		"Oppgi kor mange medlemmer som må stemme: frå 1 til talet på medlemmer, som er %d.",
		"Say how many members must vote: from 1 to the number of members, which is %d."}
	refChair = phrase{
		"Lederen må være et av medlemmene. Rett id-en.",
		"Leiaren må vere ein av medlemmene. Rett id-en.",
		"The chair must be one of the members. Correct the id."}
	refMemberID = phrase{
		"Hvert medlem må ha sin egen id. Gi dette medlemmet en.",
		"Kvar medlem må ha sin eigen id. Gi denne medlemmen ein.",
		"Each member needs an id of their own. Give this member one."}
	refRoleTwice = phrase{
		"Rollen mangler eller er nevnt før. Nevn hver rolle én gang.",
		"Rolla manglar eller er nemnd før. Nemn kvar rolle éin gong.",
		"The role is missing or was named before. Name each role once."}
	refRoleCount = phrase{
		"Så mange med rollen «%s» har ikke panelet. Velg fra 1 til %d.",
		"Så mange med rolla «%s» har ikkje panelet. Vel frå 1 til %d.",
		"The panel does not have that many with the role “%s”. Choose from 1 to %d."}
	refNotForReview = phrase{
		"Fagpanelet kan bare behandle saker som må vurderes av panelet.",
		"Fagpanelet kan berre behandle saker som må vurderast av panelet.",
		"The panel can only take cases that need its review."}
	refDecidedLater = phrase{
		"Vedtaket som skal behandles, er nyere enn møtet. Sjekk tidspunktet.",
		"Vedtaket som skal behandlast, er nyare enn møtet. Sjekk tidspunktet.",
		"The decision under review is newer than the meeting. Check the time."}
	refDeclarationOld = phrase{
		"Erklæringen er for gammel til å avgjøre saken. Be leverandøren om en ny.",
		"Erklæringa er for gammal til å avgjere saka. Be leverandøren om ei ny.",
		"The declaration is too old to decide on. Ask the vendor for a new one."}
)

// Sentences about votes.
var (
	refNotMember = phrase{
		"Dette er ikke et medlem av panelet. Rett id-en.",
		"Dette er ikkje ein medlem av panelet. Rett id-en.",
		"This is not a member of the panel. Correct the id."}
	refRecused = phrase{
		"Medlemmet er inhabilt i denne saken og kan ikke stemme. Ta stemmen bort.",
		"Medlemmen er inhabil i denne saka og kan ikkje stemme. Ta stemma bort.",
		"The member has an interest in this case and cannot vote. Remove the vote."}
	refVendorVote = phrase{
		"Den som har signert erklæringen eller hører til hos leverandøren, kan ikke stemme. Ta stemmen bort.",
		"Den som har signert erklæringa eller høyrer til hos leverandøren, kan ikkje stemme. Ta stemma bort.",
		"Whoever signed the declaration or belongs to the vendor cannot vote. Remove the vote."}
	refNotSitting = phrase{
		"Medlemmet satt ikke i panelet denne dagen. Ta stemmen bort.",
		"Medlemmen sat ikkje i panelet denne dagen. Ta stemma bort.",
		"The member did not sit on the panel that day. Remove the vote."}
	refVotedAlready = phrase{
		"Medlemmet har stemt før. En ny stemme må ha et senere tidspunkt enn den forrige.",
		"Medlemmen har stemt før. Ei ny stemme må ha eit seinare tidspunkt enn den førre.",
		"The member has voted before. A new vote needs a later time than the one before."}
	refVoteTime = phrase{
		"Stemmen må være gitt etter at saken kom til panelet og før panelet avgjorde den. Rett tidspunktet.",
		"Stemma må vere gitt etter at saka kom til panelet og før panelet avgjorde ho. Rett tidspunktet.",
		"The vote must be given after the case came to the panel and before the panel decided. Correct the time."}
	refGuidedOnly = phrase{
		"Verktøyet er bare ment for bruk sammen med behandler. Det kan ikke godkjennes for bruk uten.",
		"Verktøyet er berre meint for bruk saman med behandlar. Det kan ikkje godkjennast for bruk utan.",
		"The tool is meant for use with a therapist only. It cannot be approved for use without one."}
	refNoRequirement = phrase{
		"Vedtaket har ikke noe slikt krav. Rett id-en.",
		"Vedtaket har ikkje noko slikt krav. Rett id-en.",
		"The decision has no such requirement. Correct the id."}
	refFoundTwice = phrase{
		"Stemmen sier noe om dette kravet fra før. Behold bare det ene.",
		"Stemma seier noko om dette kravet frå før. Behald berre det eine.",
		"The vote has said something about this requirement already. Keep one."}
	refBlockerNotMet = phrase{
		"Dette kravet må være oppfylt for at verktøyet kan godkjennes. Endre stemmen eller funnet.",
		"Dette kravet må vere oppfylt for at verktøyet kan godkjennast. Endre stemma eller funnet.",
		"This requirement must be met for the tool to be approved. Change the vote or the finding."}
	refNoQuorum = phrase{
		"Det er for få stemmer til å avgjøre saken: %d, og det må være minst %d.",
		"Det er for få stemmer til å avgjere saka: %d, og det må vere minst %d.",
		"There are too few votes to decide: %d, and at least %d are needed."}
	refNoRole = phrase{
		"For få med rollen «%s» har stemt: %d, og det må være minst %d.",
		"For få med rolla «%s» har stemt: %d, og det må vere minst %d.",
		"Too few with the role “%s” have voted: %d, and at least %d are needed."}
	refValidity = phrase{
		"Velg siste dag for godkjenningen fra %s til %s.",
		"Vel siste dag for godkjenninga frå %s til %s.",
		"Choose the last day of the approval from %s to %s."}
	refNextReview = phrase{
		"Neste vurdering må komme etter i dag og senest %s.",
		"Neste vurdering må kome etter i dag og seinast %s.",
		"The next review must come after today and by %s."}
	refDue = phrase{
		"Fristen for vilkåret må være en dag etter i dag.",
		"Fristen for vilkåret må vere ein dag etter i dag.",
		"The condition must be due on a day after today."}
)

var interests = map[Interest]phrase{
	InterestEmployed: {"Arbeider hos leverandøren, eller har gjort det nylig", "Arbeider hos leverandøren, eller har gjort det nyleg", "Works for the vendor, or did lately"},
	InterestOwner:    {"Eier en del av leverandøren", "Eig ein del av leverandøren", "Owns a part of the vendor"},
	InterestPaid:     {"Får betalt av leverandøren på annen måte", "Får betalt av leverandøren på annan måte", "Is paid by the vendor in another way"},
	InterestMade:     {"Har vært med på å lage eller prøve ut verktøyet", "Har vore med på å lage eller prøve ut verktøyet", "Has taken part in making or testing the tool"},
	InterestRelated:  {"Står nær noen som er inhabil", "Står nær nokon som er inhabil", "Is close to somebody who must stand aside"},
	InterestRival:    {"Har interesse i et konkurrerende verktøy", "Har interesse i eit konkurrerande verktøy", "Has an interest in a rival tool"},
	InterestOther:    {"Annen grunn", "Annan grunn", "Another reason"},
}

var majorities = map[Majority]phrase{
	"":                {"Mer enn halvparten av stemmene", "Meir enn halvparten av stemmene", "More than half of the votes"},
	MajoritySimple:    {"Mer enn halvparten av stemmene", "Meir enn halvparten av stemmene", "More than half of the votes"},
	MajorityTwoThirds: {"Minst to tredeler av stemmene", "Minst to tredelar av stemmene", "At least two thirds of the votes"},
}

// Text is the interest in words, in nb, nn and en.
func (i Interest) Text() catalogue.Text { return interests[i].text() }

// Text is the majority in words, in nb, nn and en.
func (m Majority) Text() catalogue.Text { return majorities[m].text() }
