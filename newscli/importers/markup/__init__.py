"""HTML and XML read in linear time: tags with their places, elements of XML, repair of what is not well-formed."""
