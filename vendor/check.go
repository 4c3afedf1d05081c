package vendor

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Greatest lengths in characters, and greatest numbers.
const (
	maxName          = 200
	maxNumber        = 100
	maxService       = 1_000
	maxScope         = 2_000
	maxEmail         = 254 // RFC 5321, section 4.5.3.1.3, without its angle brackets
	maxContacts      = 50
	maxSubprocessors = 200
	maxCertificates  = 50
)

// Check finds all that is wrong with a vendor, also with one that was made in a
// program: what is missing, codes that do not exist, days in the wrong order,
// texts that are too long or hold control characters, and whatever may be an
// identity number. It gives nil or a [*DocumentError].
func (v Vendor) Check() error { return invalid(v.check()) }

func (v Vendor) check() []problem.Problem {
	c := &checker{}
	formed(c, "/orgNumber", v.OrgNumber, ParseOrgNumber)
	c.words("/name", v.Name, maxName)
	form(c, "/country", v.Country, ParseCountry)
	each(c, "/roles", v.Roles, len(roles), func(c *checker, at string, r Role) { oneOf(c, at, r, roles) })
	distinct(c, "/roles", v.Roles)
	each(c, "/contacts", v.Contacts, maxContacts, (*checker).contact)
	each(c, "/subprocessors", v.Subprocessors, maxSubprocessors, (*checker).subprocessor)
	each(c, "/certificates", v.Certificates, maxCertificates, (*checker).certificate)
	return c.found
}

// each checks the items of a list of at most n.
func each[T any](c *checker, at string, list []T, n int, check func(*checker, string, T)) {
	if len(list) > n {
		c.add(at, problem.TooMany, strconv.Itoa(n))
	}
	for i, item := range list[:min(len(list), n)] {
		check(c, at+strictjson.Pointer(i), item)
	}
}

var (
	emailForm = regexp.MustCompile(`^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$`)
	phoneForm = regexp.MustCompile(`^\+?[0-9]([ -]?[0-9]){4,14}$`)
)

func (c *checker) contact(at string, x Contact) {
	oneOf(c, at+"/kind", x.Kind, contactKinds)
	c.optional(at+"/name", x.Name, maxName)
	if x.Email == "" && x.Phone == "" {
		c.add(at+"/email", problem.MissingMember, "")
	}
	before := len(c.found)
	c.optional(at+"/email", x.Email, maxEmail)
	if len(c.found) == before && x.Email != "" && !emailForm.MatchString(x.Email) {
		c.add(at+"/email", problem.BadFormat, "one e-mail address, such as post@example.no")
	}
	c.phone(at+"/phone", x.Phone)
}

// phone takes eleven digits only with a country's code in front and a group apart.
func (c *checker) phone(at, s string) {
	before := len(c.found)
	c.optional(at, s, maxNumber)
	switch {
	case s == "" || len(c.found) > before:
	case !phoneForm.MatchString(s):
		c.add(at, problem.BadFormat, "a telephone number in groups, such as 22 22 22 22 or +46 70 123 45 67")
	case !strings.HasPrefix(s, "+") && len(strings.NewReplacer(" ", "", "-", "").Replace(s)) == 11:
		c.add(at, problem.PersonalData, "")
	}
}

func (c *checker) subprocessor(at string, s Subprocessor) {
	c.words(at+"/name", s.Name, maxName)
	form(c, at+"/orgNumber", s.OrgNumber, ParseOrgNumber)
	form(c, at+"/country", s.Country, ParseCountry)
	if s.OrgNumber == "" && s.Country == "" {
		c.add(at+"/country", problem.MissingMember, "")
	}
	c.words(at+"/service", s.Service, maxService)
	c.places(at, s)
	formed(c, at+"/agreed", s.Agreed, ParseDay)
}

func (c *checker) places(at string, s Subprocessor) {
	if s.ProcessedIn == nil {
		c.add(at+"/processedIn", problem.MissingMember, "")
	} else if len(s.ProcessedIn) == 0 {
		c.add(at+"/processedIn", problem.TooFew, "1")
	}
	each(c, at+"/processedIn", s.ProcessedIn, len(countries), func(c *checker, at string, x Country) { formed(c, at, x, ParseCountry) })
	distinct(c, at+"/processedIn", s.ProcessedIn)
	switch outside := len(s.Outside()) > 0; {
	case outside:
		oneOf(c, at+"/transferBasis", s.TransferBasis, transferBases)
	case s.TransferBasis != "" && len(s.ProcessedIn) > 0:
		c.add(at+"/transferBasis", problem.Contradiction, at+"/processedIn")
	}
}

func (c *checker) certificate(at string, x Certificate) {
	oneOf(c, at+"/kind", x.Kind, certificateKinds)
	c.words(at+"/issuer", x.Issuer, maxName)
	c.optional(at+"/number", x.Number, maxNumber)
	c.words(at+"/scope", x.Scope, maxScope)
	formed(c, at+"/issued", x.Issued, ParseDay)
	form(c, at+"/expires", x.Expires, ParseDay)
	if x.Expires == "" && !slices.Contains(withoutLastDay, x.Kind) {
		c.add(at+"/expires", problem.MissingMember, "")
	}
	c.inOrder(at+"/issued", x.Issued, at+"/expires", x.Expires)
	c.digest(at+"/sha256", x.SHA256)
}
