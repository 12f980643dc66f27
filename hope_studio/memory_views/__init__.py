"""The pictures of the Memory page that are drawn from deeper looks: one small file each."""
