package approvalcdx

// bom is what we write of a CycloneDX document.
type bom struct {
	Schema       string       `json:"$schema"`
	Format       string       `json:"bomFormat"`
	SpecVersion  string       `json:"specVersion"`
	SerialNumber string       `json:"serialNumber"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Declarations declarations `json:"declarations"`
	Definitions  definitions  `json:"definitions"`
}

type metadata struct {
	Timestamp string `json:"timestamp"`
}

type definitions struct {
	Standards []standard `json:"standards"`
}

type standard struct {
	Ref          string        `json:"bom-ref"`
	Name         string        `json:"name"`
	Version      string        `json:"version"`
	Description  string        `json:"description,omitempty"`
	Requirements []requirement `json:"requirements"`
}

type requirement struct {
	Ref          string     `json:"bom-ref"`
	Identifier   string     `json:"identifier"`
	Title        string     `json:"title"`
	Text         string     `json:"text,omitempty"`
	Descriptions []string   `json:"descriptions,omitempty"`
	Parent       string     `json:"parent,omitempty"`
	Properties   []property `json:"properties,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type declarations struct {
	Assessors    []assessor    `json:"assessors"`
	Attestations []attestation `json:"attestations"`
	Claims       []claim       `json:"claims,omitempty"`
	Evidence     []evidence    `json:"evidence,omitempty"`
	Targets      targets       `json:"targets"`
	Affirmation  affirmation   `json:"affirmation"`
}

type assessor struct {
	Ref          string       `json:"bom-ref"`
	ThirdParty   bool         `json:"thirdParty"`
	Organization organization `json:"organization"`
}

type organization struct {
	Name string `json:"name"`
}

type attestation struct {
	Summary  string    `json:"summary"`
	Assessor string    `json:"assessor"`
	Map      []mapping `json:"map"`
}

type mapping struct {
	Requirement   string   `json:"requirement"`
	Claims        []string `json:"claims,omitempty"`
	CounterClaims []string `json:"counterClaims,omitempty"`
	Conformance   *score   `json:"conformance,omitempty"`
	Confidence    *score   `json:"confidence,omitempty"`
}

type score struct {
	Score     *float64 `json:"score,omitempty"`
	Rationale string   `json:"rationale,omitempty"`
}

type claim struct {
	Ref       string   `json:"bom-ref"`
	Target    string   `json:"target"`
	Predicate string   `json:"predicate"`
	Reasoning string   `json:"reasoning,omitempty"`
	Evidence  []string `json:"evidence,omitempty"`
}

type evidence struct {
	Ref         string   `json:"bom-ref"`
	Description string   `json:"description"`
	Data        []data   `json:"data,omitempty"`
	Created     string   `json:"created"`
	Expires     string   `json:"expires,omitempty"`
	Author      *contact `json:"author,omitempty"`
	Reviewer    *contact `json:"reviewer,omitempty"`
}

type data struct {
	Name     string   `json:"name"`
	Contents contents `json:"contents"`
}

type contents struct {
	URL string `json:"url"`
}

type contact struct {
	Name string `json:"name"`
}

type targets struct {
	Components []component `json:"components"`
}

type component struct {
	Type     string  `json:"type"`
	Ref      string  `json:"bom-ref"`
	Supplier contact `json:"supplier"`
	Name     string  `json:"name"`
	Version  string  `json:"version,omitempty"`
}

type affirmation struct {
	Statement   string      `json:"statement"`
	Signatories []signatory `json:"signatories"`
}

type signatory struct {
	Name         string       `json:"name"`
	Role         string       `json:"role,omitempty"`
	Organization organization `json:"organization"`
	Reference    reference    `json:"externalReference"`
}

type reference struct {
	URL    string `json:"url"`
	Type   string `json:"type"`
	Hashes []hash `json:"hashes"`
}

type hash struct {
	Alg     string `json:"alg"`
	Content string `json:"content"`
}
