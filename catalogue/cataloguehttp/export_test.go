package cataloguehttp

// Names is the table of parameters.
var Names = names
