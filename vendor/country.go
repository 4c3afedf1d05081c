package vendor

import (
	"errors"
	"slices"
	"strings"
)

// Country is a country by its two upper-case letters (ISO 3166-1 alpha-2), such
// as NO. Make one with [ParseCountry]; empty means that none is given.
type Country string

// ErrCountry is what a text that is not a country's code gives. It does not hold the text.
var ErrCountry = errors.New("a country's code of two upper-case letters, such as NO")

// ParseCountry checks that a country has the code. The error is [ErrCountry].
func ParseCountry(s string) (Country, error) {
	if _, known := slices.BinarySearch(countries, s); !known {
		return "", ErrCountry
	}
	return Country(s), nil
}

// UnmarshalText is [ParseCountry] for decoders.
func (c *Country) UnmarshalText(text []byte) error {
	parsed, err := ParseCountry(string(text))
	if err == nil {
		*c = parsed
	}
	return err
}

// InEEA says whether the GDPR applies there by the EEA Agreement: the 27 states
// of the EU, Iceland, Liechtenstein and Norway. Territories with codes of their
// own, such as SJ (Svalbard and Jan Mayen, outside the Agreement) and GP
// (Guadeloupe), do not count, so that somebody has to look.
func (c Country) InEEA() bool { return slices.Contains(eea, string(c)) }

// countries are the 249 codes in use, sorted.
var countries = strings.Fields(`
	AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
	CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
	GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
	KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
	NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
	SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
	VN VU WF WS YE YT ZA ZM ZW`)

var eea = strings.Fields(`AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK`)
